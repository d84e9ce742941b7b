"""The store of call records: reading, concurrent events, and calls due for the reconciler."""

import asyncio
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from shared.records.apply_event import ForeignEvent
from shared.records.call_events import (
    CallEvent,
    Placed,
    PlacementUnknown,
    Reconciled,
    Rejected,
    SocketClosed,
    SocketOpened,
    StatusReported,
    StreamEnded,
)
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.database.tables import CALLS
from shared.records.store import AWAITED, Store
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction
from tests.support.call_records import EXOPHONE, NUMBER, OTHER_SID, SID, ago, came_in, dialled
from tests.support.processes import at_once, learn_one_by_one

WHEN = datetime(2026, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)
FULL = CallRecord(
    call_id="f" * 32,
    direction=Direction.OUTBOUND,
    created_at=WHEN,
    mode=ConnectMode.TWO_NUMBERS,
    number=NUMBER,
    exophone=EXOPHONE,
    context='{"name":"आशा","visit":"9 o\'clock"}',
    ring_secs=25,
    call_sid=SID,
    placed_at=WHEN + timedelta(seconds=1),
    refusal=Rejected(WHEN, 429, 'Rate limit "exceeded"', "RATE_LIMIT_EXCEEDED", "wait"),
    doubt="no answer",
    ringing_at=WHEN + timedelta(seconds=2),
    exotel_answered_at=WHEN + timedelta(seconds=3),
    exotel_status=Status.NO_ANSWER,
    exotel_at=WHEN + timedelta(seconds=4),
    exotel_over_at=WHEN + timedelta(seconds=4),
    exotel_ended_at=WHEN + timedelta(seconds=5),
    exotel_talk_secs=6,
    duration_secs=7,
    price=Decimal("1.500"),
    recording_url="https://recordings.exotel.com/1.mp3",
    answered_by="human",
    stream_call_sid=OTHER_SID,
    stream_sid="stream-1",
    opened_at=WHEN + timedelta(seconds=8),
    closed_at=WHEN + timedelta(seconds=9),
    ending="caller hung up",
    turns=10,
    stream_over=StreamEnded(
        WHEN, "stream-1", "failed", 9, "bot", 'it said "no"', "https://r/1.mp3"
    ),
    settled_as=Status.FAILED,
    settled_why="Exotel never told",
)


async def plan(store: Store, call: CallRecord) -> tuple[datetime | None, int]:
    """When the call is to be looked at next, and how often it has been."""
    query = select(CALLS.c.next_check_at, CALLS.c.checks).where(CALLS.c.call_id == call.call_id)
    async with store.database.read() as connection:
        row = (await connection.execute(query)).one()
    return row.next_check_at, row.checks


async def test_a_call_record_comes_back_from_the_store_as_it_was(store: Store) -> None:
    unset = [f.name for f in fields(CallRecord) if getattr(FULL, f.name) == f.default]
    assert unset == [], "FULL has every field filled in"
    for call in (FULL, dialled(), came_in()):
        await store.add(call)
        assert await store.find(call.call_id) == call


async def test_timestamps_in_a_call_record_come_back_in_utc(store: Store) -> None:
    india = datetime.fromisoformat("2026-03-01T15:30:00+05:30")
    call = dialled(created_at=india)
    await store.add(call)
    found = await store.find(call.call_id)
    assert found
    assert found.created_at.isoformat() == "2026-03-01T10:00:00+00:00"


async def test_an_unknown_call_record_is_not_found(store: Store) -> None:
    assert await store.find("0" * 32) is None
    with pytest.raises(KeyError):
        await store.apply_event("0" * 32, Placed(WHEN, SID))


async def test_call_events_are_kept_in_the_call_record(store: Store) -> None:
    call = dialled()
    await store.add(call)
    learned = await store.apply_event(
        call.call_id, Placed(ago(0), SID), StatusReported(ago(0), SID, Status.BUSY)
    )
    assert learned.status is Status.BUSY
    assert await store.find(call.call_id) == learned


async def test_events_of_another_call_leave_the_call_record_as_it_was(store: Store) -> None:
    call = dialled(call_sid=SID)
    await store.add(call)
    before = await plan(store, call)
    mixed = (
        StatusReported(ago(0), SID, Status.RINGING),
        StatusReported(ago(0), OTHER_SID, Status.COMPLETED),
    )
    with pytest.raises(ForeignEvent):
        await store.apply_event(call.call_id, *mixed)
    assert await store.find(call.call_id) == call
    assert await plan(store, call) == before


def news() -> list[CallEvent]:
    """A fact for each corner of a call."""
    return [
        Placed(WHEN, SID),
        PlacementUnknown(WHEN, "no answer"),
        StatusReported(WHEN, SID, Status.RINGING),
        StatusReported(WHEN, SID, Status.ANSWERED, answered=True),
        StatusReported(WHEN, SID, price=Decimal("1.5"), duration_secs=7),
        SocketOpened(WHEN, SID, "stream-1"),
        SocketClosed(WHEN, "stream-1", "caller hung up", 3),
        StreamEnded(WHEN, "stream-1", "completed"),
        Reconciled(WHEN, Status.FAILED, "never told"),
    ]


def nothing_is_missing_of(call: CallRecord | None) -> bool:
    assert call
    told = (call.placed_at, call.doubt, call.ringing_at, call.exotel_answered_at, call.price)
    return all(told + (call.opened_at, call.closed_at, call.stream_over, call.settled_as))


async def test_concurrent_call_events_are_all_kept(store: Store) -> None:
    call = dialled()
    await store.add(call)
    await asyncio.gather(*(store.apply_event(call.call_id, event) for event in news()))
    assert nothing_is_missing_of(await store.find(call.call_id))


async def test_concurrent_call_events_of_several_processes_are_all_kept(
    url: str, store: Store
) -> None:
    call = dialled()
    await store.add(call)
    facts = news()
    await at_once(learn_one_by_one, *((url, call.call_id, facts[n::4] * 3) for n in range(4)))
    assert nothing_is_missing_of(await store.find(call.call_id))


async def test_a_call_record_is_found_by_the_call_sid_of_dial_or_websocket(store: Store) -> None:
    dial = dialled(call_sid=SID, stream_call_sid=OTHER_SID)
    unnamed = dialled()
    for call in (dial, unnamed):
        await store.add(call)
    assert await store.with_sid(SID) == [dial]
    assert await store.with_sid(OTHER_SID) == [dial]
    assert await store.with_sid("") == []


async def test_a_websocket_is_awaited_for_fresh_dials_that_have_none(store: Store) -> None:
    fresh = dialled()
    for call in (
        fresh,
        came_in(),
        dialled(opened_at=ago(0)),
        dialled(created_at=ago(AWAITED.total_seconds() + 1)),
    ):
        await store.add(call)
    assert await store.awaiting_a_socket() == [fresh]


async def test_rivals_are_other_dials_to_the_phone_number_without_a_call_sid(
    store: Store,
) -> None:
    call = dialled(created_at=ago(300))
    rivals = [dialled(created_at=ago(300 + secs)) for secs in (-80, 80)]
    others: list[dict[str, Any]] = [
        {"created_at": ago(500)},
        {"created_at": ago(100)},
        {"created_at": ago(300), "number": "+919899999999"},
        {"created_at": ago(300), "call_sid": SID},
        {"created_at": ago(300), "refusal": Rejected(WHEN, 400, "No.")},
    ]
    for other in (call, *rivals, *(dialled(**call_record) for call_record in others)):
        await store.add(other)
    found = await store.rivals(call, timedelta(seconds=90))
    assert {rival.call_id for rival in found} == {rival.call_id for rival in rivals}


async def test_calls_due_for_the_reconciler_come_longest_waiting_first(store: Store) -> None:
    answer = store.schedule.answer
    due = [dialled(created_at=ago(answer + secs)) for secs in (5, 20, 10)]
    for call in (*due, dialled(), came_in(created_at=ago(999))):
        await store.add(call)
    expected = [due[1], due[2], due[0]]
    assert await store.due(10) == [(call, 0) for call in expected]
    assert await store.due(2) == [(call, 0) for call in expected[:2]]


async def test_reconciler_checks_are_counted_until_the_call_moves_on(store: Store) -> None:
    call = dialled(created_at=ago(100))
    await store.add(call)
    for looks in (1, 2):
        await store.apply_event(call.call_id, looked=True)
        assert (await plan(store, call))[1] == looks
    await store.apply_event(call.call_id, PlacementUnknown(ago(0), "no answer"), looked=True)
    assert (await plan(store, call))[1] == 0
    assert await store.due(10) == []


async def test_a_known_call_event_does_not_change_the_reconciler_s_plan(store: Store) -> None:
    call, placed = dialled(), Placed(ago(0), SID)
    await store.add(call)
    await store.apply_event(call.call_id, placed)
    before = await plan(store, call)
    await store.apply_event(call.call_id, placed)
    assert await plan(store, call) == before


async def test_a_postponed_call_is_due_later_for_the_reconciler(store: Store) -> None:
    call = dialled(created_at=ago(100))
    await store.add(call)
    await store.postpone(call.call_id, 60)
    assert await store.due(10) == []
    at, _ = await plan(store, call)
    assert at
    assert timedelta(seconds=50) < at - datetime.now(UTC) <= timedelta(seconds=60)
