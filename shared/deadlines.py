"""Deadlines that hold, whatever a task makes of its cancellation.

Python's own don't: `asyncio.timeout` and `asyncio.wait_for` cancel what takes too long and wait
until it has ended. Whoever catches that cancellation and goes on, a library's clean-up or a bare
`except`, makes them wait for ever. Awaiting a cancelled task does so too, and worse: should the
waiter be cancelled meanwhile, the task gets that cancellation, and the waiter goes on as if nothing
had been.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from loguru import logger

CANCEL_SECS = 1.0  # for a task to end when it is cancelled

T = TypeVar("T")


async def within(secs: float, work: Awaitable[T]) -> T:
    """The result of `work`.

    Raises:
        TimeoutError: If it isn't there in `secs` seconds; the work is cancelled and left alone.
    """
    working = asyncio.ensure_future(work)
    try:
        await asyncio.wait({working}, timeout=secs)
    finally:
        if not working.done():
            working.add_done_callback(_forget)
            working.cancel()
    if not working.done():
        raise TimeoutError
    return working.result()


async def cancel(task: asyncio.Task[Any], secs: float = CANCEL_SECS) -> None:
    """Cancel a task and wait until it has ended, but no longer than `secs` seconds.

    One that swallows the cancellation is cancelled once more half-way, and then left behind with an
    error in the log.
    """
    for _ in range(2):
        task.cancel()
        await asyncio.wait({task}, timeout=secs / 2)
        if task.done():
            break
    name = task.get_name()
    if not task.done():
        task.add_done_callback(_forget)
        logger.error("task {!r} goes on although it was cancelled; leaving it behind", name)
    elif not task.cancelled() and (error := task.exception()):
        logger.error("task {!r} failed while it was cancelled: {}", name, type(error).__name__)


def _forget(task: asyncio.Future[Any]) -> None:
    """Take note of an error that nobody waits for, or asyncio would complain of it."""
    if not task.cancelled():
        task.exception()
