"""As many simulated calls at once as this machine carries, over all the processes of a test run.

A call is played from both ends, and somebody who is played too slowly interrupts, or is late. So
whoever has many calls to make takes a line for each: whole modules then wait, and nobody is slow.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import gettempdir

LINES = 5 * len(os.sched_getaffinity(0))
POLL_SECS = 0.05


@asynccontextmanager
async def a_line() -> AsyncIterator[None]:
    """Hold one of the lines, once one is free; whoever waits for one must hold no other."""
    folder = Path(gettempdir()) / f"lines of {os.getuid()}"
    folder.mkdir(exist_ok=True)
    while True:
        for number in range(LINES):
            with (folder / str(number)).open("w") as line:
                try:
                    fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        await asyncio.sleep(POLL_SECS)
