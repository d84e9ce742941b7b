"""What the tests of whole calls need: our own app behind a real socket, and its providers."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI

from shared.bot import Caller
from shared.bot.persona import Answer, Persona
from shared.runtime.capacity import Capacity
from shared.server.server import Server
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.web.app import build_app
from shared.web.auth import may_enter

PERSONA = Persona(instructions="You answer a test call.", opening="Hello, this is the test clinic.")


async def answer(caller: Caller) -> Persona:
    return PERSONA


@dataclass(frozen=True)
class Bot:
    """A running app of ours."""

    app: FastAPI
    address: str

    @property
    def url(self) -> str:
        return f"ws://{self.address}/ws"

    @property
    def capacity(self) -> Capacity:
        capacity: Capacity = self.app.state.capacity
        return capacity


@asynccontextmanager
async def running_bot(
    environment: Mapping[str, str],
    *,
    answer: Answer = answer,
    personas: Sequence[Persona] = (PERSONA,),
) -> AsyncIterator[Bot]:
    """Serve our app on a free port of this machine, in this event loop."""
    with TemporaryDirectory() as folder:
        settings = Settings.parse({"PORT": "0", **database_in(folder), **environment})
        app = build_app(settings, answer=answer, personas=personas, direction=Direction.INBOUND)
        async with serving(app, settings) as address:
            yield Bot(app, address)


def database_in(folder: Path | str) -> dict[str, str]:
    """A database of one's own."""
    return {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/calls.db"}


@asynccontextmanager
async def serving(app: FastAPI, settings: Settings) -> AsyncIterator[str]:
    """Serve any app as `python -m inbound` does; yields host and port."""
    app.state.may_enter = may_enter(settings)  # as `build_app` has it, for apps of a test's own
    server = Server(app, settings)
    task = asyncio.create_task(server.serve())
    try:
        while not server.started:
            assert not task.done(), "the server did not start"
            await asyncio.sleep(0.01)
        host, port = server.servers[0].sockets[0].getsockname()
        yield f"{host}:{port}"
    finally:
        server.should_exit = True
        await task


async def eventually(condition: Callable[[], bool | Awaitable[bool]], within: float = 5.0) -> None:
    """Wait for something that must become true, and fail if it doesn't."""
    deadline = time.monotonic() + within
    while True:
        outcome = condition()
        if await outcome if isinstance(outcome, Awaitable) else outcome:
            return
        assert time.monotonic() < deadline, f"it did not happen within {within:g} s"
        await asyncio.sleep(0.02)
