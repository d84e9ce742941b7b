"""A bot of this repository that needs no key: run as a user would, and ended afterwards."""

import asyncio
import os
import socket
import sys
import time
from argparse import ArgumentParser, Namespace
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Literal

import httpx

from simulator.commands.terminal import moving

PORT = 7860
START_SECS = 60.0  # for the bot to be ready on a slow machine
STOP_SECS = 10.0

# Keyless mode, whatever the shell exports; .env isn't read at all.
KEYLESS = {
    "ENV": "local",
    "HOST": "127.0.0.1",
    "BOT": "shared.providers.offline.bot",  # whatever the user has made of bot.py
    "STT": "pocketsphinx",
    "LLM": "scripted",
    "TTS": "espeak",
    "STT_FALLBACK": "",
    "LLM_FALLBACK": "",
    "TTS_FALLBACK": "",
    "SHOW_CONVERSATION": "1",
    "WS_USERNAME": "",
    "WS_PASSWORD": "",
    "EXOTEL_SAMPLE_RATE": "",
    "LOG_LEVEL": "ERROR",
}


class DidNotStart(Exception):
    """The bot was not ready in time; what it wrote on stderr is why."""


@dataclass(frozen=True, slots=True)
class KeylessBot:
    """A running bot.

    Attributes:
        address: Host and port.
        output: What is said in its calls, a line each: `caller: …` or `bot: …`.
    """

    address: str
    output: asyncio.StreamReader

    @property
    def url(self) -> str:
        """Where it answers HTTP."""
        return f"http://{self.address}"

    @property
    def socket(self) -> str:
        """What the Voicebot applet's URL would be."""
        return f"ws://{self.address}/ws?sample-rate=8000"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what both demos understand."""
    parser.add_argument("--port", type=int, default=PORT, help="of the bot (%(default)s)")
    parser.add_argument("--once", action="store_true", help="don't keep the bot running afterwards")


def stays(args: Namespace) -> bool:
    """Whether the bot keeps running until Ctrl-C once the demo is over."""
    return not args.once and sys.stdin.isatty()


def free_port(wanted: int) -> int:
    """The wanted port, or any other if somebody else's bot is on it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def keyless_bot(
    app: Literal["inbound", "outbound"], port: int, settings: Mapping[str, str]
) -> AsyncIterator[KeylessBot]:
    """Run a bot that is ready for calls.

    Args:
        app: Which of the two.
        port: Where it listens.
        settings: Further ones than it takes to be without keys.

    Raises:
        DidNotStart: If it isn't ready in time.
    """
    with TemporaryDirectory() as folder:
        own = {"PORT": str(port), "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/calls.db"}
        users = os.environ  # noqa: TID251  # the bot gets it as it would from a shell
        environment = {**users, **KEYLESS, **own, **settings}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", app, "--env-file", os.devnull), stdout=PIPE, env=environment
        )
        assert process.stdout
        try:
            bot = KeylessBot(f"127.0.0.1:{port}", process.stdout)
            async with moving(lambda secs: f"... it starts, {secs:.1f} s"):
                await _until_ready(process, f"{bot.url}/readyz")
            yield bot
        finally:
            await _end(process)


async def _until_ready(process: Process, url: str) -> None:
    deadline = time.monotonic() + START_SECS
    async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
        while time.monotonic() < deadline and process.returncode is None:
            if await _is_ready(client, url) and process.returncode is None:
                return
            await asyncio.sleep(0.1)
    raise DidNotStart


async def _is_ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.TransportError:
        return False


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECS)
        except TimeoutError:
            process.kill()
            await process.wait()
