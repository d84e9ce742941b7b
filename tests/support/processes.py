"""Several processes that use one database at the same moment."""

import asyncio
import multiprocessing
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any, TypeVar

from shared.records.call_events import CallEvent
from shared.records.dial_admission import (
    Admitted,
    AlreadyDialled,
    IdempotencyKey,
    Limits,
    RateLimitReached,
    admit,
)
from shared.records.store import Store
from shared.records.token_signature import PROCESS_KEY, signed_token
from shared.records.tokens import Purpose
from tests.support.call_records import dialled, to_somebody_else

T = TypeVar("T")
MEETING_SECS = 20.0

# Processes of a server that has nothing of pytest's in it, and our imports done.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])

_everybody: Barrier


async def at_once(work: Callable[..., Coroutine[Any, Any, T]], *each: tuple[Any, ...]) -> list[T]:
    """Do the work in as many processes as there are sets of arguments; they start together."""
    return await asyncio.to_thread(_at_once, work, each)


def _at_once(work: Callable[..., Coroutine[Any, Any, T]], each: tuple[Any, ...]) -> list[T]:
    barrier = PROCESSES.Barrier(len(each), timeout=MEETING_SECS)
    with ProcessPoolExecutor(len(each), PROCESSES, _expect, (barrier,)) as processes:
        doing = [processes.submit(_meet_and_run, work, arguments) for arguments in each]
        return [done.result(timeout=2 * MEETING_SECS) for done in doing]


def _expect(everybody: Barrier) -> None:
    global _everybody
    _everybody = everybody


def _meet_and_run(work: Callable[..., Coroutine[Any, Any, T]], arguments: tuple[Any, ...]) -> T:
    _everybody.wait()
    return asyncio.run(work(*arguments))


async def open_and_close(url: str) -> None:
    """Open it three times at once."""
    for store in await asyncio.gather(*(Store.open(url) for _ in range(3))):
        await store.close()


async def admit_with(url: str, keys: list[str]) -> list[tuple[str, str]]:
    """Admit one dial with each key.

    Returns:
        The call that has the key, and who dialled it: "me" or "another".
    """
    store = await Store.open(url)
    answers = []
    for text in keys:
        call, key = to_somebody_else(), IdempotencyKey(text, "the same order")
        match await admit(store, call, key=key, tokens={}, limits=Limits(1000)):
            case Admitted():
                answers.append((call.call_id, "me"))
            case AlreadyDialled(earlier, same=True):
                answers.append((earlier.call_id, "another"))
    await store.close()
    return answers


async def admit_without_keys(url: str, dials: int, per_minute: int) -> int:
    """Try so many dials; returns how many were admitted."""
    store = await Store.open(url)
    answers = [
        await admit(store, to_somebody_else(), key=None, tokens={}, limits=Limits(per_minute))
        for _ in range(dials)
    ]
    await store.close()
    assert all(isinstance(answer, Admitted | RateLimitReached) for answer in answers)
    return sum(isinstance(answer, Admitted) for answer in answers)


async def admit_the_same(url: str, dials: int) -> int:
    """Try so many dials to one number at once; returns how many were admitted."""
    store = await Store.open(url)
    trying = (
        admit(store, dialled(), key=None, tokens={}, limits=Limits(1000)) for _ in range(dials)
    )
    answers = await asyncio.gather(*trying)
    await store.close()
    return answers.count(Admitted())


async def learn_one_by_one(url: str, call_id: str, facts: list[CallEvent]) -> None:
    store = await Store.open(url)
    for event in facts:
        await store.apply_event(call_id, event)
    await store.close()


def admit_until_killed(url: str, admitted: Connection) -> None:
    """Admit dials, each with a key, and report each key once it is admitted."""

    async def go_on() -> None:
        store = await Store.open(url)
        while True:
            call = to_somebody_else()
            key, tokens = (
                IdempotencyKey(call.call_id, ""),
                {Purpose.STATUS: signed_token(Purpose.STATUS, PROCESS_KEY)},
            )
            call = replace(call, context=f'"{"x" * 4000}"')  # so that killing finds it writing
            answer = await admit(store, call, key=key, tokens=tokens, limits=Limits(10**6))
            assert isinstance(answer, Admitted)
            admitted.send(call.call_id)

    asyncio.run(go_on())
