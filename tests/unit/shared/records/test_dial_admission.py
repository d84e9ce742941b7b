"""Admission of dials: idempotency keys, rate limits, one call per person at a time."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

import pytest
from sqlalchemy import func, select, update

from shared.records.call_events import (
    CallEvent,
    Placed,
    PlacementUnknown,
    Reconciled,
    Rejected,
    SocketClosed,
    SocketOpened,
    StatusReported,
)
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.database.tables import CALLS, KEYS
from shared.records.dial_admission import (
    KEY_VALID,
    LONGEST_CALL,
    SOON_SECS,
    Admitted,
    AlreadyDialled,
    IdempotencyKey,
    Limits,
    RateLimitReached,
    Refused,
    RungAlready,
    admit,
)
from shared.records.store import Store
from shared.records.token_signature import PROCESS_KEY, signed_token
from shared.records.tokens import Purpose
from tests.support.call_records import NUMBER, SID, ago, came_in, dialled, to_somebody_else
from tests.support.processes import (
    PROCESSES,
    admit_the_same,
    admit_until_killed,
    admit_with,
    admit_without_keys,
    at_once,
)

KEY = IdempotencyKey("order 17", "ring Asha")


async def ask(
    store: Store,
    call: CallRecord | None = None,
    *,
    key: IdempotencyKey | None = None,
    tokens: dict[Purpose, str] | None = None,
    per_minute: int = 200,
    per_person: int = 0,
) -> Admitted | Refused:
    call = call or to_somebody_else()
    return await admit(
        store, call, key=key, tokens=tokens or {}, limits=Limits(per_minute, per_person)
    )


async def dials(store: Store) -> int:
    async with store.database.read() as connection:
        count = await connection.execute(select(func.count()).select_from(CALLS))
    return count.scalar_one()


async def test_an_admitted_dial_has_a_call_record_before_it_goes_out(store: Store) -> None:
    call = dialled(context='{"name":"Asha"}', ring_secs=20)
    assert await ask(store, call, key=KEY) == Admitted()
    on_record = await store.find(call.call_id)
    assert on_record
    assert (on_record.number, on_record.context, on_record.ring_secs) == (
        call.number,
        call.context,
        20,
    )


async def test_the_same_idempotency_key_and_request_get_the_first_call(store: Store) -> None:
    first = to_somebody_else()
    await ask(store, first, key=KEY)
    placed = await store.apply_event(first.call_id, Placed(ago(0), SID))
    assert await ask(store, key=KEY) == AlreadyDialled(placed, same=True)
    assert await dials(store) == 1


async def test_the_same_idempotency_key_with_another_request_is_told_so(store: Store) -> None:
    first = to_somebody_else()
    await ask(store, first, key=KEY)
    answer = await ask(store, key=IdempotencyKey(KEY.text, "ring Ravi"))
    assert isinstance(answer, AlreadyDialled)
    assert (answer.call.call_id, answer.same) == (first.call_id, False)
    assert await dials(store) == 1


async def test_without_an_idempotency_key_every_request_is_a_dial(store: Store) -> None:
    assert [await ask(store), await ask(store)] == [Admitted(), Admitted()]
    assert await dials(store) == 2


@pytest.mark.parametrize(
    ("age", "again"), [(KEY_VALID - timedelta(minutes=1), AlreadyDialled), (KEY_VALID, Admitted)]
)
async def test_an_idempotency_key_is_good_for_a_day(
    store: Store, age: timedelta, again: type
) -> None:
    await ask(store, key=KEY)
    async with store.database.write() as connection:
        await connection.execute(update(KEYS).values(created_at=ago(age.total_seconds())))
    assert isinstance(await ask(store, key=KEY), again)


@pytest.mark.parametrize(("retry_after", "again"), [(30.0, Admitted), (None, AlreadyDialled)])
async def test_an_idempotency_key_is_free_only_after_a_temporary_refusal(
    store: Store, retry_after: float | None, again: type
) -> None:
    call, other = to_somebody_else(), IdempotencyKey("order 18", "ring Ravi")
    await ask(store, call, key=KEY)
    await ask(store, key=other)
    await store.apply_event(
        call.call_id, Rejected(ago(0), 429, "slow down", retry_after=retry_after)
    )
    assert isinstance(await ask(store, key=KEY), again)
    assert isinstance(await ask(store, key=other), AlreadyDialled)


async def test_tokens_become_valid_only_with_an_admitted_dial(store: Store) -> None:
    call = to_somebody_else()
    token, useless = (signed_token(Purpose.STATUS, PROCESS_KEY) for _ in range(2))
    await ask(store, call, key=KEY, tokens={Purpose.STATUS: token})
    await ask(store, key=KEY, tokens={Purpose.STATUS: useless})
    assert await store.tokens.call_of(token, Purpose.STATUS) == call.call_id
    assert await store.tokens.call_of(useless, Purpose.STATUS) is None


async def test_twenty_concurrent_requests_with_one_idempotency_key_dial_once(store: Store) -> None:
    answers = await asyncio.gather(*(ask(store, key=KEY) for _ in range(20)))
    earlier = {answer.call.call_id for answer in answers if isinstance(answer, AlreadyDialled)}
    assert answers.count(Admitted()) == 1
    assert len(earlier) == 1
    assert await dials(store) == 1


async def test_a_reached_rate_limit_says_when_the_next_dial_is_admitted(store: Store) -> None:
    for age in (50, 40, 30):
        await store.add(to_somebody_else(created_at=ago(age)))
    full = await ask(store, per_minute=3)
    assert isinstance(full, RateLimitReached)
    assert 5 < full.secs <= 10
    assert await dials(store) == 3

    lower = await ask(store, per_minute=2)  # somebody has lowered the limit
    assert isinstance(lower, RateLimitReached)
    assert 15 < lower.secs <= 20
    assert isinstance(await ask(store, per_minute=4), Admitted)


async def test_only_our_own_dials_of_the_last_minute_count_for_the_rate_limit(store: Store) -> None:
    await store.add(to_somebody_else(created_at=ago(61)))
    await store.add(came_in())
    assert isinstance(await ask(store, per_minute=1), Admitted)
    assert isinstance(await ask(store, per_minute=1), RateLimitReached)


async def test_a_dial_counts_for_the_rate_limit_from_its_admission(store: Store) -> None:
    waited = to_somebody_else(created_at=ago(59.9))
    assert isinstance(await ask(store, waited, per_minute=1), Admitted)
    await asyncio.sleep(0.2)
    assert isinstance(await ask(store, per_minute=1), RateLimitReached)


async def test_a_used_idempotency_key_is_answered_at_the_rate_limit_too(store: Store) -> None:
    await ask(store, key=KEY)
    assert isinstance(await ask(store, key=KEY, per_minute=1), AlreadyDialled)


async def test_processes_dial_once_for_each_shared_idempotency_key(url: str) -> None:
    keys = [f"order {number}" for number in range(10)]
    rounds = [(keys * 3)[start : start + 25] for start in (0, 2, 4, 5)]
    answers = await at_once(admit_with, *((url, asked) for asked in rounds))

    calls: dict[str, set[str]] = {key: set() for key in keys}
    dialled_by = dict.fromkeys(keys, 0)
    for asked, answered in zip(rounds, answers, strict=True):
        for key, (call_id, who) in zip(asked, answered, strict=True):
            calls[key].add(call_id)
            dialled_by[key] += who == "me"
    assert dialled_by == dict.fromkeys(keys, 1)
    assert all(len(call_ids) == 1 for call_ids in calls.values())


async def test_processes_share_one_rate_limit(url: str) -> None:
    admitted = await at_once(admit_without_keys, *[(url, 25, 40)] * 4)
    assert sum(admitted) == 40


async def test_no_admitted_dial_of_a_killed_process_is_lost(url: str) -> None:
    reports = []
    for _ in range(2):
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=admit_until_killed, args=(url, theirs))
        process.start()
        theirs.close()
        reports.append((process, ours))
    admitted = []
    for _, ours in reports:
        assert await asyncio.to_thread(ours.poll, 20), "it never admitted anything"
        admitted += [ours.recv() for _ in range(20)]
    for process, ours in reports:
        process.kill()
        await asyncio.to_thread(process.join, 10)
        admitted += rest(ours)
        process.close()

    store = await Store.open(url)
    for call_id in admitted:
        answer = await ask(store, key=IdempotencyKey(call_id, ""))
        assert isinstance(answer, AlreadyDialled)
        assert answer.call.call_id == call_id
    on_record = await dials(store)
    await store.close()
    assert len(admitted) <= on_record <= len(admitted) + len(reports)  # one unreported each


def rest(reports: Connection) -> list[str]:
    """What a killed process had reported and nobody had read."""
    left = []
    with suppress(EOFError):
        while reports.poll(0):
            left.append(reports.recv())
    reports.close()
    return left


async def rung(store: Store, number: str, **call_record: Any) -> CallRecord:
    """A dial to this number that has been admitted."""
    call = dialled(number=number, **call_record)
    await store.add(call)
    return call


async def ask_again(store: Store, number: str, per_person: int = 0) -> Admitted | Refused:
    return await ask(store, dialled(number=number), per_person=per_person)


TOLD = StatusReported(ago(0), SID)
ON: dict[str, list[CallEvent]] = {
    "asked": [],
    "placed": [Placed(ago(0), SID)],
    "unknown": [PlacementUnknown(ago(0), "no answer")],
    "ringing": [replace(TOLD, status=Status.RINGING)],
    "answered": [SocketOpened(ago(0), SID, "stream")],
    "left by the bot": [SocketOpened(ago(0), SID, "s"), SocketClosed(ago(0), "s", "bot hung up")],
}
OVER: dict[str, list[CallEvent]] = {
    "completed": [replace(TOLD, status=Status.COMPLETED, talk_secs=7)],
    "busy": [replace(TOLD, status=Status.BUSY)],
    "no-answer": [replace(TOLD, status=Status.NO_ANSWER)],
    "cancelled": [replace(TOLD, status=Status.CANCELLED)],
}
NOBODY_RUNG: dict[str, list[CallEvent]] = {
    "rejected": [Rejected(ago(0), 403, "DND")],
    "refused for now": [Rejected(ago(0), 429, "slow down", retry_after=30.0)],
    "failed": [replace(TOLD, status=Status.FAILED)],
    "never placed": [
        PlacementUnknown(ago(0), "?"),
        Reconciled(ago(0), Status.FAILED, "no such call"),
    ],
}


@pytest.mark.parametrize("facts", ON.values(), ids=ON)
async def test_nobody_is_dialled_while_their_phone_may_be_ringing(
    store: Store, facts: list[CallEvent]
) -> None:
    call = await rung(store, NUMBER)
    await store.apply_event(call.call_id, *facts)
    answer = await ask_again(store, NUMBER)
    assert answer == RungAlready(SOON_SECS, call.call_id, on=True)
    assert await dials(store) == 1
    assert await ask(store) == Admitted()  # somebody else


@pytest.mark.parametrize(
    "facts", [*OVER.values(), *NOBODY_RUNG.values()], ids=[*OVER, *NOBODY_RUNG]
)
async def test_a_phone_number_may_be_dialled_again_when_its_call_is_over(
    store: Store, facts: list[CallEvent]
) -> None:
    call = await rung(store, NUMBER)
    await store.apply_event(call.call_id, *facts)
    assert await ask_again(store, NUMBER) == Admitted()


async def test_a_call_without_an_end_blocks_no_dial_beyond_the_time_limit(store: Store) -> None:
    secs = LONGEST_CALL.total_seconds()
    await rung(store, NUMBER, created_at=ago(secs + 1), doubt="no answer")
    assert await ask_again(store, NUMBER) == Admitted()
    other = "+919812345670"
    await rung(store, other, created_at=ago(secs - 60), doubt="no answer")
    assert isinstance(await ask_again(store, other), RungAlready)


@pytest.mark.parametrize("per_person", [1, 3])
async def test_a_person_is_dialled_up_to_a_daily_rate_limit(store: Store, per_person: int) -> None:
    hours = [23, 20, 12, 5, 2][-per_person:]
    calls = [await rung(store, NUMBER, created_at=ago(3600 * hour)) for hour in hours]
    for call in calls:
        await store.apply_event(call.call_id, replace(TOLD, status=Status.BUSY))
    answer = await ask_again(store, NUMBER, per_person)
    assert isinstance(answer, RungAlready)
    assert not answer.on
    assert answer.secs == pytest.approx((24 - hours[0]) * 3600, abs=60)
    assert await ask_again(store, NUMBER, per_person + 1) == Admitted()


async def test_only_dials_that_reached_a_phone_count_for_the_daily_rate_limit(store: Store) -> None:
    for facts in NOBODY_RUNG.values():
        await store.apply_event((await rung(store, NUMBER)).call_id, *facts)
    old = await rung(store, NUMBER, created_at=ago(24 * 3600 + 1))
    await store.apply_event(old.call_id, replace(TOLD, status=Status.BUSY))
    await store.add(came_in())  # they rang us
    assert await ask_again(store, NUMBER, per_person=1) == Admitted()


async def test_a_used_idempotency_key_is_answered_during_its_call(store: Store) -> None:
    first = dialled()
    await ask(store, first, key=KEY)
    assert isinstance(
        await ask(store, dialled(), key=IdempotencyKey("order 18", "again")), RungAlready
    )
    answer = await ask(store, dialled(), key=KEY)
    assert isinstance(answer, AlreadyDialled)
    assert answer.call.call_id == first.call_id
    assert answer.same


async def test_an_idempotency_key_refused_during_a_call_may_retry_after_it(store: Store) -> None:
    first = await rung(store, NUMBER)
    assert isinstance(await ask(store, dialled(), key=KEY), RungAlready)
    await store.apply_event(first.call_id, replace(TOLD, status=Status.BUSY))
    assert await ask(store, dialled(), key=KEY) == Admitted()


async def test_processes_dial_one_person_once(url: str) -> None:
    admitted = await at_once(admit_the_same, *[(url, 8)] * 4)
    assert sum(admitted) == 1
