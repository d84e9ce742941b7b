"""The dialer: idempotency, rate limits, capacity and shutdown, beside a scripted Exotel."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from outbound.dialer import Dialer
from outbound.refusals import KeyConflict, TooManyDials
from outbound.start_request import Order
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.database.transactions import StoreError
from shared.records.dial_admission import Admitted, IdempotencyKey, Limits, admit
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.errors import CallRefused, RateLimited
from shared.telephony.rest.client import ExotelAPI
from shared.telephony.rest.connect_request import Dial
from shared.telephony.rest.responses import PlacedCall
from tests.support.bots import eventually
from tests.support.call_records import NUMBER, SID, ago, dialled, to_somebody_else

SETTINGS = Settings.parse(
    {
        "EXOTEL_PHONE_NUMBER": "08047112233",
        "EXOTEL_CONNECT_MODE": "voice-ai",
        "PUBLIC_URL": "https://bot.example.com",
        "DIALS_PER_MINUTE": "1",
    }
)
ORDER = Order.read({"dialout_settings": {"phone_number": NUMBER}})


class Exotel:
    """Places every call once `answers` is set, unless it has a `refusal`."""

    def __init__(self) -> None:
        self.dials: list[Dial] = []
        self.answers = asyncio.Event()
        self.refusal: Exception | None = None

    async def connect(self, dial: Dial) -> PlacedCall:
        self.dials.append(dial)
        await self.answers.wait()
        if self.refusal:
            raise self.refusal
        return PlacedCall(SID, None)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    schedule = ReconcileSchedule(queue=2.0, answer=0.6)
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/calls.db", schedule)
    yield store
    await store.close()


@pytest.fixture
async def exotel() -> Exotel:
    exotel = Exotel()
    exotel.answers.set()
    return exotel


@pytest.fixture
def capacity() -> Capacity:
    return Capacity(max_calls=2)


@pytest.fixture
def dialer(store: Store, exotel: Exotel, capacity: Capacity) -> Dialer:
    return Dialer(SETTINGS, store, cast(ExotelAPI, exotel), capacity)


async def look(store: Store, exotel: Exotel) -> CallRecord:
    """The one call that Exotel was asked for."""
    (dial,) = exotel.dials
    found = await store.find(dial.custom_field)
    assert found
    return found


async def dialled_by_another(store: Store, key: str) -> CallRecord:
    """The same order with this key, which another process is dialling just now."""
    call = dialled()
    idempotency = IdempotencyKey(key, ORDER.fingerprint)
    admission = await admit(store, call, key=idempotency, tokens={}, limits=Limits(10))
    assert admission == Admitted()
    return call


async def test_a_dial_goes_on_when_its_client_has_disconnected(
    dialer: Dialer, store: Store, exotel: Exotel, capacity: Capacity
) -> None:
    exotel.answers.clear()
    asking = asyncio.create_task(dialer.dial(ORDER))
    await eventually(lambda: len(exotel.dials) == 1)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    exotel.answers.set()
    await dialer.finish(5)
    call_record = await look(store, exotel)
    assert (call_record.status, call_record.call_sid) == (Status.PLACED, SID)
    assert capacity.reserved == 1


async def test_a_placed_dial_is_answered_as_such_though_the_database_fails(
    dialer: Dialer, store: Store, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(store, "apply_event", fail)
    call = await dialer.dial(ORDER)
    assert (call.status, call.call_sid) == (Status.PLACED, SID)
    (error,) = [line for line in log if line.startswith("ERROR")]
    assert SID in error
    assert "the disk is full" in error
    log.clear()


async def test_a_dial_waits_for_a_rate_limit_that_ends_in_time(
    dialer: Dialer, store: Store, exotel: Exotel
) -> None:
    await store.add(to_somebody_else(created_at=ago(59.5)))
    assert (await dialer.dial(ORDER)).status is Status.PLACED
    assert len(exotel.dials) == 1


async def test_a_dial_does_not_wait_for_a_rate_limit_that_ends_too_late(
    dialer: Dialer, store: Store, exotel: Exotel, capacity: Capacity
) -> None:
    await store.add(to_somebody_else(created_at=ago(30)))
    with pytest.raises(TooManyDials) as refused:
        await dialer.dial(ORDER)
    assert 25 < refused.value.retry_after <= 30
    assert refused.value.call_id == ""
    assert (exotel.dials, capacity.reserved) == ([], 0)
    assert capacity.metrics.dials == {"over the limit": 1}


async def test_waiting_for_the_same_dial_of_another_request_times_out(
    dialer: Dialer, store: Store, exotel: Exotel, capacity: Capacity
) -> None:
    theirs = await dialled_by_another(store, "key")
    began = time.monotonic()
    call = await asyncio.wait_for(dialer.dial(ORDER, "key"), 5)
    assert time.monotonic() - began > 0.3
    assert (call.call_id, call.status) == (theirs.call_id, Status.DIALLING)
    assert (exotel.dials, capacity.reserved) == ([], 0)


async def test_a_dial_cancelled_at_shutdown_has_an_unknown_outcome(
    dialer: Dialer, store: Store, exotel: Exotel
) -> None:
    exotel.answers.clear()
    asking = asyncio.create_task(dialer.dial(ORDER))
    await eventually(lambda: len(exotel.dials) == 1)
    await asyncio.wait_for(dialer.finish(0.1), 5)
    call = await asking
    assert (call.status, call.doubt) == (
        Status.UNKNOWN,
        "the server stopped while it waited for Exotel",
    )
    assert (await look(store, exotel)).doubt == call.doubt


async def test_exotel_s_rate_limit_is_told_and_frees_the_dial_s_capacity(
    dialer: Dialer, store: Store, exotel: Exotel, capacity: Capacity
) -> None:
    exotel.refusal = RateLimited(429, "Too many requests.", retry_after=7.0)
    with pytest.raises(TooManyDials) as refused:
        await dialer.dial(ORDER)
    call_record = await look(store, exotel)
    assert (refused.value.retry_after, refused.value.call_id) == (7.0, call_record.call_id)
    assert call_record.status is Status.REJECTED
    assert capacity.reserved == 0


async def test_an_idempotency_key_s_result_needs_no_capacity_or_rate_limit(
    dialer: Dialer, exotel: Exotel, capacity: Capacity
) -> None:
    first = await dialer.dial(ORDER, "key")  # and now the minute is full
    assert (await dialer.dial(ORDER, "key")).call_id == first.call_id
    capacity.max_calls = 0
    assert (await dialer.dial(ORDER, "key")).call_id == first.call_id
    other = Order.read({"dialout_settings": {"phone_number": "+919812345679"}})
    with pytest.raises(KeyConflict):
        await dialer.dial(other, "key")
    for key in (None, "new"):
        with pytest.raises(CallRefused, match="full"):
            await dialer.dial(other, key)
    assert len(exotel.dials) == 1
