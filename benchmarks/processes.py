"""Programs as child processes: started, waited for, watched through /proc, and always ended."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
START_SECS = 60.0  # a cold disk reads several hundred megabytes of packages first
STOP_SECS = 5.0  # from SIGTERM to SIGKILL
POLL_SECS = 0.1
BOT = "shared.providers.offline.bot"  # whatever the user has made of the apps' own
LAST_LINES = 20  # of the output, shown when a program fails
UTIME = 11  # index in /proc/PID/stat behind the name; `stime` follows


class ProgramFailed(Exception):
    """A program ended by itself or did not get ready; the text shows what it said."""


@dataclass(frozen=True, slots=True)
class Program:
    """A Python module that runs in a process of its own, and writes into a file."""

    name: str
    process: Process
    output: Path

    @property
    def cpu(self) -> float:
        """Seconds of processor time used so far, by all threads, in user and kernel mode."""
        stat = self._proc("stat").rpartition(")")[2].split()
        return (int(stat[UTIME]) + int(stat[UTIME + 1])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> int:
        """Bytes that are resident now."""
        return int(self._proc("statm").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    async def answers(self, url: str) -> None:
        """Wait until a GET succeeds.

        Raises:
            ProgramFailed: If the program ends, or takes too long.
        """
        async with httpx.AsyncClient(trust_env=False) as client:

            async def answered() -> bool:
                with suppress(httpx.TransportError):
                    return (await client.get(url)).is_success
                return False

            await self._until(answered)

    async def says(self, expected: str) -> str:
        """Wait for words in the output, and return all of it.

        Raises:
            ProgramFailed: If the program ends, or takes too long.
        """

        async def said() -> bool:
            return expected in self._said()

        await self._until(said)
        return self._said()

    async def _until(self, ready: Callable[[], Awaitable[bool]]) -> None:
        try:
            async with asyncio.timeout(START_SECS):
                while not await ready():
                    await asyncio.sleep(POLL_SECS)
                    if self.process.returncode is not None:
                        raise ProgramFailed(self._failure(f"ended ({self.process.returncode})"))
        except TimeoutError:
            raise ProgramFailed(self._failure(f"is not ready after {START_SECS:g} s")) from None

    def _failure(self, what: str) -> str:
        last = "\n".join(self._said().splitlines()[-LAST_LINES:])
        return f"{self.name} {what}:\n{last}"

    def _said(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def _proc(self, file: str) -> str:
        return Path(f"/proc/{self.process.pid}/{file}").read_text(encoding="utf-8")


@asynccontextmanager
async def running(
    module: str, *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Program]:
    """Run `python -m module` while the context lasts.

    It sees no `.env` and none of our environment, works in `folder` and writes its output there.
    """
    output = folder / f"{module}.log"
    with output.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *arguments),
            cwd=folder,
            env={
                "PYTHONPATH": str(ROOT),
                "PYTHONUNBUFFERED": "1",
                "BOT": BOT,
                **(environment or {}),
            },
            stdout=file,
            stderr=file,
            start_new_session=True,  # Ctrl-C is for us: we end it when it is no longer needed
        )
    try:
        yield Program(module, process, output)
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
