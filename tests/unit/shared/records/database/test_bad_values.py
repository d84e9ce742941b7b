"""Values that a database refuses: one bad answer, while the database goes on working."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DataError

from shared.records.call_events import PlacementUnknown, Rejected, SocketClosed
from shared.records.database.engine import our_errors
from shared.records.database.tables import CALLS, KEYS
from shared.records.database.transactions import BadValue
from shared.records.dial_admission import Admitted, IdempotencyKey, Limits, ResultDeleted, admit
from shared.records.store import Store
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause
from simulator.exotel import NoAnswer, run_exchange
from simulator.providers import run_providers
from simulator.stream.profiles import Profile
from tests.support.bots import eventually
from tests.support.call_records import SID, ago, dialled, to_somebody_else
from tests.support.outbound import Rig, running_outbound

NUL, HALF, HUGE = "a\0b", "half \ud800", 10**30
Doing = Callable[[Store, str], Coroutine[Any, Any, object]]


async def with_a_key(store: Store, bad: str) -> object:
    return await admit(
        store, to_somebody_else(), key=IdempotencyKey(bad, "an order"), tokens={}, limits=Limits(9)
    )


DOING: dict[str, Doing] = {
    "find": lambda store, bad: store.find(bad),
    "by SID": lambda store, bad: store.with_sid(bad),
    "add": lambda store, bad: store.add(dialled(number=bad)),
    "context": lambda store, bad: store.add(dialled(context=bad)),
    "key": with_a_key,
    "handover": lambda store, bad: store.transfers.find(bad),
}


@pytest.mark.parametrize("doing", DOING)
@pytest.mark.parametrize("bad", [NUL, HALF], ids=["NUL", "half a pair"])
async def test_text_that_a_database_refuses_does_not_make_it_fail(
    store: Store, doing: str, bad: str
) -> None:
    try:
        await DOING[doing](store, bad)
    except BadValue as error:
        assert bad not in str(error)
    else:
        assert bad is NUL  # which SQLite takes
    assert not store.database.failing
    await store.add(dialled())


async def test_a_number_that_is_too_large_does_not_make_the_database_fail(store: Store) -> None:
    with pytest.raises(BadValue):
        await store.add(dialled(turns=HUGE))
    assert not store.database.failing


async def test_a_value_of_a_wrong_type_is_not_quoted_in_the_database_error() -> None:
    for said in ("query argument $1: 'Meera' (an integer is required)", 'syntax: "Meera"'):
        with pytest.raises(BadValue) as refused, our_errors():
            raise DataError("INSERT …", {}, Exception(said))
        assert "Meera" not in str(refused.value)
        assert str(refused.value)


async def test_the_same_call_record_twice_does_not_make_the_database_fail(store: Store) -> None:
    call = dialled()
    await store.add(call)
    with pytest.raises(BadValue):
        await store.add(call)
    assert not store.database.failing


@pytest.mark.parametrize(
    "event",
    [
        Rejected(ago(0), 400, NUL, HALF.replace("\ud800", "\0"), NUL),
        PlacementUnknown(ago(0), NUL),
        SocketClosed(ago(0), "", NUL),
    ],
    ids=["rejected", "doubted", "closed"],
)
async def test_a_call_event_with_a_nul_in_it_spoils_nothing_else(store: Store, event: Any) -> None:
    call = dialled()
    await store.add(call)
    try:
        await store.apply_event(call.call_id, event)
    except BadValue:
        assert await store.find(call.call_id) == call
    assert not store.database.failing


async def test_an_idempotency_key_whose_call_was_deleted_is_not_dialled(store: Store) -> None:
    call, key = dialled(), IdempotencyKey("order 17", "ring Asha")
    assert await admit(store, call, key=key, tokens={}, limits=Limits(9)) == Admitted()
    async with store.database.write() as connection:
        await connection.execute(delete(CALLS))
    assert (
        await admit(store, to_somebody_else(), key=key, tokens={}, limits=Limits(9))
        == ResultDeleted()
    )
    assert not store.database.failing
    other = replace(key, text="order 18")
    assert (
        await admit(store, to_somebody_else(), key=other, tokens={}, limits=Limits(9)) == Admitted()
    )


async def test_one_spoiled_database_row_does_not_hide_the_others(store: Store) -> None:
    spoiled, call = dialled(), dialled()
    await store.add(spoiled)
    await store.add(call)
    async with store.database.write() as connection:
        await connection.execute(
            text(
                "UPDATE calls SET exotel_status = 'done', price = 'much', refusal = '{', "
                "stream_over = '[]' WHERE call_id = :call_id"
            ),
            {"call_id": spoiled.call_id},
        )
        await connection.execute(update(CALLS).values(next_check_at=ago(1)))
    assert await store.find(spoiled.call_id) == spoiled
    assert {call_record.call_id for call_record, _ in await store.due(9)} == {
        spoiled.call_id,
        call.call_id,
    }


@pytest.fixture
async def rig(url: str) -> AsyncIterator[Rig]:
    """The outbound app on either database; nobody picks up."""
    async with (
        run_providers() as providers,
        run_exchange(default_person=NoAnswer(), speed=100) as exchange,
        running_outbound(
            providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai", DATABASE_URL=url
        ) as rig,
    ):
        yield rig


async def test_no_request_makes_the_database_count_as_failing(rig: Rig) -> None:
    """One test, since an app on PostgreSQL takes its time to start."""
    for name in ("%00", "a%00b", "%ED%A0%80", "%F0%9F%92%A9", "a%0Ab", "x" * 5_000, "no-such-call"):
        for path in (f"/calls/{name}", f"/handovers/{name}"):
            assert (await rig.client.get(path)).status_code == 404, path
    for query in ("CallSid=%00", "CallSid=a%00b", "CallSid=ok18l&CustomField=%00&CallFrom=%00"):
        assert (await rig.client.get(f"/exotel/passthru?{query}")).status_code == 200

    started = await rig.start("+919810000001", {"name": "A\0"}, key="used")
    async with rig.store.database.write() as connection:
        await connection.execute(delete(CALLS).where(CALLS.c.call_id == started.json()["call_id"]))
    again = await rig.start("+919810000001", {"name": "A\0"}, key="used")
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "the call of this Idempotency-Key was deleted",
    )
    assert rig.exchange.rung("+919810000001") == 1

    profile = Profile(call_sid=SID, from_number="9" * 200_000, to_number="08\0\ud800", frame_ms=100)
    await place_call(f"ws://{rig.address}/ws", (Pause(0.1), HangUp()), profile=profile)

    async def filed() -> bool:
        return any(call.ending for call in await rig.store.with_sid(SID))

    await eventually(filed)
    (call,) = await rig.store.with_sid(SID)
    assert len(call.number) <= 128
    assert (await rig.client.get("/readyz")).status_code == 200
    assert (await rig.start("+919810000002", key="fresh")).status_code == 200


async def test_an_idempotency_key_that_was_deleted_is_a_new_one(store: Store) -> None:
    key = IdempotencyKey("order 17", "ring Asha")
    await admit(store, to_somebody_else(), key=key, tokens={}, limits=Limits(9))
    async with store.database.write() as connection:
        await connection.execute(delete(KEYS))
    assert (
        await admit(store, to_somebody_else(), key=key, tokens={}, limits=Limits(9)) == Admitted()
    )
