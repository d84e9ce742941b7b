"""A bot that does what a test says, on the other end of the simulator's websocket."""

import asyncio
import json
import math
import wave
from array import array
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

LOUD = 1_000  # sample value no line noise reaches
PATIENCE = 5.0  # seconds a script waits for something before the test fails


def tone(seconds: float, rate: int = 8_000) -> bytes:
    """Make sound that is loud from its first 20 ms to its last."""
    count = round(seconds * rate)
    return array("h", (round(8_000 * math.cos(i * 0.7)) for i in range(count))).tobytes()


class Bot:
    """One connection, as a script sees it."""

    def __init__(self, socket: ServerConnection) -> None:
        self.socket = socket
        self.frames: list[str | bytes] = []
        self.received: list[dict[str, Any]] = []
        self._news = asyncio.Condition()

    async def hear(self, event: str, number: int = 1) -> dict[str, Any]:
        """Wait for the n-th message of a kind, in any spelling or frame."""
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: len(self.of(event)) >= number)
        return self.of(event)[number - 1]

    async def hear_speech(self) -> None:
        """Wait until the caller makes a loud sound, from now on."""
        heard = len(self.of("media"))
        loudest = 0
        while loudest < LOUD:
            heard += 1
            pcm = b64decode((await self.hear("media", heard))["media"]["payload"])
            loudest = max(memoryview(pcm).cast("h"))

    async def hear_quiet(self) -> None:
        """Wait until the caller has stopped making it."""
        heard = len(self.of("media"))
        loudest = LOUD
        while loudest >= LOUD:
            heard += 1
            pcm = b64decode((await self.hear("media", heard))["media"]["payload"])
            loudest = max(memoryview(pcm).cast("h"))

    def of(self, event: str) -> list[dict[str, Any]]:
        return [message for message in self.received if message.get("event") == event]

    async def send(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def play(self, pcm: bytes, size: int = 3_200) -> None:
        for at in range(0, len(pcm), size):
            payload = b64encode(pcm[at : at + size]).decode()
            await self.send(event="media", stream_sid="any", media={"payload": payload})

    async def mark(self, name: str) -> None:
        await self.send(event="mark", stream_sid="any", mark={"name": name})

    async def clear(self) -> None:
        await self.send(event="clear", stream_sid="any")

    async def read(self) -> None:
        async for frame in self.socket:
            self.frames.append(frame)
            try:
                message = json.loads(frame)
            except ValueError:
                continue
            async with self._news:
                self.received.append(message)
                self._news.notify_all()


Script = Callable[[Bot], Awaitable[None]]


@dataclass(slots=True)
class Peer:
    """The server around the bots, and what it saw."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    bots: list[Bot] = field(default_factory=list)
    codes: list[int | None] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)  # a call has ended

    @property
    def bot(self) -> Bot:
        return self.bots[-1]


@asynccontextmanager
async def scripted_bot(script: Script, *refusals: int) -> AsyncIterator[Peer]:
    """Serve bots that run `script`; the first upgrades get the given HTTP statuses instead."""
    peer = Peer()

    async def serve_call(socket: ServerConnection) -> None:
        bot = Bot(socket)
        peer.bots.append(bot)
        reading = asyncio.create_task(bot.read())
        try:
            await script(bot)
            await reading
        except ConnectionClosed:
            pass
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            peer.codes.append(socket.close_code)
            peer.over.set()

    def admit(_: ServerConnection, request: Request) -> Response | None:
        peer.requests.append(request)
        if len(peer.requests) > len(refusals):
            return None
        status = refusals[len(peer.requests) - 1]
        return Response(status, "Refused", Headers({"Content-Length": "0"}))

    server: Server
    async with serve(serve_call, "127.0.0.1", 0, process_request=admit, max_queue=None) as server:
        peer.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/ws"
        yield peer


async def silent(bot: Bot) -> None:
    """Do nothing but listen."""


async def greeting(bot: Bot) -> None:
    """Say something short as soon as the call starts."""
    await bot.hear("start")
    await bot.play(tone(0.4))


async def answering(bot: Bot) -> None:
    """Greet, then answer what the caller says, at once."""
    await greeting(bot)
    await bot.hear_speech()
    await bot.hear_quiet()
    await bot.play(tone(0.4))


def recorded_beep(folder: Path) -> Path:
    """Record 0.2 s of sound with 0.1 s of silence before and 0.3 s after."""
    path = folder / "beep_beep.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setparams((1, 2, 8_000, 0, "NONE", ""))
        wav.writeframes(bytes(1_600) + tone(0.2) + bytes(4_800))
    return path
