"""Timeouts and cancellation of tasks that ignore being cancelled."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import pytest

from shared.deadlines import cancel, within
from tests.support.virtual_time import in_virtual_time, now

Work = Callable[[], Coroutine[Any, Any, str]]


async def quick() -> str:
    return "done"


async def failing() -> str:
    raise ValueError("as it is")


async def endless() -> str:
    return await asyncio.Event().wait() and ""


async def deaf_once() -> str:
    """As a library that closes its connection, whatever happens."""
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(60)
    return await endless()


async def deaf() -> str:
    end = now() + 60
    while now() < end:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(1)
    return "at last"


async def deaf_by_proxy() -> str:
    """What it waits for takes the cancellation, and gives nothing of it away."""
    await asyncio.create_task(deaf_once())
    return await endless()


async def failing_late() -> str:
    try:
        return await endless()
    finally:
        raise ValueError("while it was cancelled")


STUBBORN: list[Work] = [endless, deaf_once, deaf, deaf_by_proxy, failing_late]


@in_virtual_time
async def test_a_result_within_the_timeout_is_returned() -> None:
    assert await within(1, quick()) == "done"
    with pytest.raises(ValueError, match="as it is"):
        await within(1, failing())


@pytest.mark.parametrize("work", STUBBORN)
@in_virtual_time
async def test_nobody_waits_longer_than_the_timeout(work: Work) -> None:
    began = now()
    with pytest.raises(TimeoutError):
        await within(2, work())
    assert now() - began == pytest.approx(2)
    await asyncio.sleep(0)


@pytest.mark.parametrize("work", STUBBORN)
@in_virtual_time
async def test_a_waiter_cancelled_before_the_timeout_is_cancelled_at_once(work: Work) -> None:
    waiting = asyncio.create_task(within(5, work()))
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.wait({waiting}, timeout=0.1)
    assert waiting.cancelled()


@pytest.mark.parametrize("work", [endless, deaf_once, deaf_by_proxy])
@in_virtual_time
async def test_a_cancelled_task_ends(work: Work) -> None:
    task = asyncio.ensure_future(work())
    await asyncio.sleep(1)
    began = now()
    await cancel(task)
    assert task.cancelled()
    assert now() - began <= 1


@in_virtual_time
async def test_a_cancelled_task_that_never_ends_is_left_behind_after_a_timeout(
    log: list[str],
) -> None:
    task = asyncio.create_task(deaf(), name="stubborn")
    await asyncio.sleep(1)
    began = now()
    await cancel(task, 0.5)
    assert now() - began == pytest.approx(0.5)
    assert any("'stubborn' goes on although it was cancelled" in line for line in log)
    log.clear()


@in_virtual_time
async def test_a_task_that_fails_while_it_is_cancelled_is_logged(log: list[str]) -> None:
    task = asyncio.ensure_future(failing_late())
    await asyncio.sleep(1)
    await cancel(task)
    assert any("failed while it was cancelled: ValueError" in line for line in log)
    log.clear()


@in_virtual_time
async def test_a_waiter_s_own_cancellation_is_not_taken_for_the_task_s() -> None:
    """Else it would go on, and the task would have been cancelled in its place."""
    task = asyncio.ensure_future(deaf_once())
    await asyncio.sleep(1)
    waiting = asyncio.create_task(cancel(task, 60))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting}, timeout=0.1)
    assert waiting.cancelled()
