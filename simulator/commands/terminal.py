"""Output for people: lines, and on a terminal a last one that keeps moving."""

import asyncio
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

STEP_SECS = 0.2


class Terminal:
    """Standard output. Where it is no terminal, nothing of the moving line is written."""

    def __init__(self) -> None:
        self._shown = 0  # characters of the moving line

    def say(self, text: str) -> None:
        """Write a line or more, at once."""
        self._write(f"{self._erased()}{text}\n")

    def status(self, text: str) -> None:
        """Write the moving line anew, cut to the width of the terminal; "" takes it away."""
        if sys.stdout.isatty():
            text = text[: shutil.get_terminal_size().columns - 1]
            erased, self._shown = self._erased(), len(text)
            self._write(erased + text)

    def _erased(self) -> str:
        """What takes the moving line away: blanks, which every terminal understands."""
        shown, self._shown = self._shown, 0
        return f"\r{' ' * shown}\r" if shown else ""

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


TERMINAL = Terminal()
say = TERMINAL.say


@asynccontextmanager
async def moving(line: Callable[[float], str]) -> AsyncIterator[None]:
    """Keep a line moving meanwhile.

    Args:
        line: What it says after so many seconds.
    """
    began = time.monotonic()

    async def move() -> None:
        while True:
            TERMINAL.status(line(time.monotonic() - began))
            await asyncio.sleep(STEP_SECS)

    task = asyncio.create_task(move(), name="moving line")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        TERMINAL.status("")
