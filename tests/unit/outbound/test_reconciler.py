"""The reconciler beside a scripted Exotel: which call it takes for a dial, and which it leaves."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import delete, update

from outbound.reconciler import Reconciler
from shared.records.call_events import Placed
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.database.tables import CALLS
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.records.store import Store
from shared.telephony.call_status import CallStatus
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.errors import DetailsUnavailable
from shared.telephony.rest.call_details import CallDetails
from shared.telephony.rest.client import ExotelAPI
from tests.support.bots import eventually
from tests.support.call_records import EXOPHONE, NUMBER, OTHER_SID, SID, ago, dialled

TWO_NUMBERS = ConnectMode.TWO_NUMBERS
DOUBT = "Exotel answered 504"
DOWN = DetailsUnavailable("Exotel answered 503")

SWIFT = ReconcileSchedule(
    answer=0.05,
    round=0.02,
    backoff=(0.02,),
    talking=0.02,
    down=0.05,
    bill=0.02,
    looks=2,
    misses=2,
)


def details(call_sid: str = SID, **more: Any) -> CallDetails:
    """A call as Exotel lists it: on its way, made just now, from our ExoPhone to the person."""
    found = CallDetails(
        call_sid=call_sid,
        status=CallStatus.IN_PROGRESS,
        from_number="09812345678",
        to_number="08047112233",
        exophone="08047112233",
        direction="outbound-api",
        created_at=ago(0),
        started_at=None,
        ended_at=None,
        duration_secs=None,
        talk_secs=None,
        price=None,
        recording_url="",
        answered_by="",
        leg_statuses=(),
    )
    return replace(found, **more)


class Exotel:
    """Answers from what the test puts in, and writes down what it was asked, and when.

    Attributes:
        call_record: The answers to `call`, by SID; what isn't in it is a 404.
        listed: What `recent_calls` chooses from, by time.
        bills: The answer to `calls`.
        failures: Raised one after the other, before anything is answered.
        meanwhile: Happens while Exotel thinks.
    """

    def __init__(self) -> None:
        self.call_record: dict[str, CallDetails | Exception] = {}
        self.listed: list[CallDetails] = []
        self.bills: list[CallDetails] = []
        self.failures: list[Exception] = []
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.asked: list[tuple[str, str]] = []
        self.asked_at: list[float] = []

    async def call(self, call_sid: str) -> CallDetails | None:
        await self._think("call", call_sid)
        answer = self.call_record.get(call_sid)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def calls(self, call_sids: Sequence[str]) -> list[CallDetails]:
        await self._think("bills", ",".join(sorted(call_sids)))
        return [bill for bill in self.bills if bill.call_sid in call_sids]

    async def recent_calls(self, since: datetime, until: datetime) -> list[CallDetails]:
        await self._think("list", "")
        return [one for one in self.listed if one.created_at and since <= one.created_at <= until]

    async def _think(self, what: str, about: str) -> None:
        self.asked.append((what, about))
        self.asked_at.append(time.monotonic())
        if self.meanwhile:
            await self.meanwhile()
        if self.failures:
            raise self.failures.pop(0)

    def count(self, what: str, about: str = "") -> int:
        return self.asked.count((what, about))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/calls.db", SWIFT)
    yield store
    await store.close()


@pytest.fixture
def exotel() -> Exotel:
    return Exotel()


@asynccontextmanager
async def at_work(store: Store, exotel: Exotel) -> AsyncIterator[None]:
    working = asyncio.create_task(Reconciler(store, cast(ExotelAPI, exotel)).run())
    try:
        yield
        assert not working.done(), "the reconciler has stopped"
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def look(store: Store, call: CallRecord) -> CallRecord:
    found = await store.find(call.call_id)
    assert found
    return found


async def over(store: Store, exotel: Exotel, call: CallRecord) -> CallRecord:
    """The call once the reconciler has made out its end."""

    async def is_over() -> bool:
        return (await look(store, call)).status.over

    async with at_work(store, exotel):
        await eventually(is_over)
    return await look(store, call)


async def asked(store: Store, exotel: Exotel, times: int, what: str, about: str = "") -> None:
    """Work until Exotel has been asked so often; all but the last answer have been noted."""
    async with at_work(store, exotel):
        await eventually(lambda: exotel.count(what, about) >= times)


async def unknown(store: Store, **more: Any) -> CallRecord:
    call = dialled(doubt=DOUBT, **more)
    await store.add(call)
    return call


async def placed(store: Store, **more: Any) -> CallRecord:
    call = dialled(**{"call_sid": SID, **more})
    await store.add(call)
    return call


def became(log: list[str], call: CallRecord) -> list[str]:
    """Every status that the log tells of, in order."""
    lines = [line for line in log if f"call {call.call_id} (" in line and ") is " in line]
    return [line.partition(") is ")[2].partition(":")[0].strip() for line in lines]


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"from_number": EXOPHONE, "to_number": NUMBER},
        {"exophone": ""},
        {"exophone": EXOPHONE},
        {"exophone": "0XXXXXX2233"},
        {"from_number": "sip:09812345678@host"},
        {"direction": "outbound-dial"},
        {"direction": ""},
        {"created_at": -25},
        {"created_at": 85},
    ],
    ids=repr,
)
async def test_the_reconciler_finds_a_dial_in_doubt_by_number_and_time(
    store: Store, exotel: Exotel, seen: dict[str, Any]
) -> None:
    call = await unknown(store, created_at=ago(100))
    listed = details(**{**seen, "created_at": ago(100 - seen.get("created_at", 0))})
    exotel.listed = [listed]
    exotel.call_record[SID] = replace(listed, status=CallStatus.BUSY)
    call_record = await over(store, exotel, call)
    assert (call_record.status, call_record.call_sid) == (Status.BUSY, SID)


@pytest.mark.parametrize(
    "seen",
    [
        {"from_number": "09812345679"},
        {"direction": "inbound"},
        {"exophone": "08047112299"},
        {"created_at": -35},
        {"created_at": 95},
    ],
    ids=repr,
)
async def test_the_reconciler_takes_no_call_that_cannot_be_the_dial(
    store: Store, exotel: Exotel, seen: dict[str, Any]
) -> None:
    call = await unknown(store, created_at=ago(100))
    exotel.listed = [details(**{**seen, "created_at": ago(100 - seen.get("created_at", 0))})]
    call_record = await over(store, exotel, call)
    assert (call_record.status, call_record.call_sid) == (Status.FAILED, "")
    assert call_record.reason == "Exotel knows of no such call"


@pytest.mark.parametrize("masked", ["09XXXXX5678", "+91XXXXXX5678", "anonymous"])
async def test_the_reconciler_neither_takes_nor_rules_out_a_masked_phone_number(
    store: Store, exotel: Exotel, masked: str, log: list[str]
) -> None:
    call = await unknown(store, number="+919999995678")
    exotel.listed = [details(from_number=masked)]
    await asked(store, exotel, SWIFT.misses + 2, "list")
    assert (await look(store, call)).status is Status.UNKNOWN
    assert any("hides numbers" in line for line in log)


@pytest.mark.parametrize("name", ["call_sid", "stream_call_sid"])
async def test_the_reconciler_takes_no_other_call_of_ours_for_the_dial(
    store: Store, exotel: Exotel, name: str
) -> None:
    await store.add(dialled(**{name: SID, "exotel_status": Status.BUSY, "price": Decimal(1)}))
    call = await unknown(store)
    exotel.listed = [details()]
    call_record = await over(store, exotel, call)
    assert (call_record.status, call_record.call_sid) == (Status.FAILED, "")


async def test_the_reconciler_takes_none_of_two_calls_that_fit_a_dial(
    store: Store, exotel: Exotel
) -> None:
    call = await unknown(store)
    exotel.listed = [details(), details(OTHER_SID)]
    await asked(store, exotel, 5, "list")
    call_record = await look(store, call)
    assert (call_record.status, call_record.call_sid) == (Status.UNKNOWN, "")
    assert {what for what, _ in exotel.asked} == {"list"}


@pytest.mark.parametrize("apart", [0, 100])
async def test_the_reconciler_takes_a_call_that_fits_two_dials_for_neither(
    store: Store, exotel: Exotel, apart: float
) -> None:
    calls = [await unknown(store, created_at=ago(200 + secs)) for secs in (0, apart)]
    exotel.listed = [details(created_at=ago(200 + apart * 0.2))]
    await asked(store, exotel, 8, "list")
    for call in calls:
        call_record = await look(store, call)
        assert (call_record.status, call_record.call_sid) == (Status.UNKNOWN, "")


@pytest.mark.parametrize(
    "rival",
    [
        {"created_at": 330},
        {"number": "+919812345679"},
        {"call_sid": OTHER_SID},
        {"settled_as": Status.FAILED},
    ],
    ids=repr,
)
async def test_a_dial_that_cannot_be_meant_does_not_confuse_the_reconciler(
    store: Store, exotel: Exotel, rival: dict[str, Any]
) -> None:
    await unknown(store, **{**rival, "created_at": ago(rival.get("created_at", 200))})
    call = await unknown(store, created_at=ago(200))
    exotel.listed = [details(created_at=ago(200))]
    exotel.call_record[SID] = details(status=CallStatus.NO_ANSWER)
    assert (await over(store, exotel, call)).status is Status.NO_ANSWER


@pytest.mark.parametrize(
    ("mode", "legs"),
    [
        (TWO_NUMBERS, (CallStatus.COMPLETED, CallStatus.BUSY)),
        (ConnectMode.FLOW, (CallStatus.BUSY,)),
    ],
)
async def test_the_reconciler_asks_for_the_legs_of_a_call_found_in_the_list(
    store: Store,
    exotel: Exotel,
    log: list[str],
    mode: ConnectMode,
    legs: tuple[CallStatus, ...],
) -> None:
    call = await unknown(store, mode=mode)
    exotel.listed = [details(status=CallStatus.COMPLETED)]
    exotel.call_record[SID] = details(status=CallStatus.COMPLETED, leg_statuses=legs)
    await over(store, exotel, call)
    assert became(log, call) == ["busy"]
    assert exotel.asked[:2] == [("list", ""), ("call", SID)]


async def test_the_reconciler_takes_a_listed_call_without_known_legs(
    store: Store, exotel: Exotel
) -> None:
    call = await unknown(store)
    exotel.listed = [details(status=CallStatus.NO_ANSWER)]
    assert (await over(store, exotel, call)).status is Status.NO_ANSWER


async def test_a_dial_counts_as_never_placed_after_so_many_reconciler_checks(
    store: Store, exotel: Exotel
) -> None:
    store.schedule = replace(SWIFT, misses=4)
    call = await unknown(store)
    call_record = await over(store, exotel, call)
    assert (call_record.status, call_record.reason) == (
        Status.FAILED,
        "Exotel knows of no such call",
    )
    assert exotel.asked == [("list", "")] * 4


async def test_the_reconciler_first_doubts_a_dial_whose_process_died(
    store: Store, exotel: Exotel, log: list[str]
) -> None:
    call = dialled(created_at=ago(1))
    await store.add(call)
    call_record = await over(store, exotel, call)
    assert call_record.doubt == "the server stopped while it waited for Exotel"
    assert became(log, call) == ["unknown", "failed"]
    assert exotel.count("list") == 1 + SWIFT.misses


async def test_the_reconciler_leaves_a_dial_that_still_waits_for_exotel(
    store: Store, exotel: Exotel
) -> None:
    store.schedule = replace(SWIFT, answer=60)
    call = dialled()
    await store.add(call)
    await placed(store)
    exotel.call_record[SID] = details()
    await asked(store, exotel, 4, "call", SID)
    assert exotel.count("list") == 0
    assert (await look(store, call)).status is Status.DIALLING


async def test_the_reconciler_retries_an_exotel_that_is_down_without_a_miss(
    store: Store, exotel: Exotel, log: list[str]
) -> None:
    store.schedule = replace(SWIFT, down=0.25)
    call = await unknown(store)
    exotel.failures = [DOWN, DOWN, DOWN]
    exotel.listed = [details(status=CallStatus.BUSY)]
    assert (await over(store, exotel, call)).status is Status.BUSY
    at = exotel.asked_at
    assert all(later - earlier >= 0.25 for earlier, later in zip(at[:3], at[1:4], strict=True))
    assert sum("can't be looked up" in line for line in log) == 3


@pytest.mark.parametrize("answer", [DOWN, None])
async def test_the_reconciler_waits_while_a_call_may_still_be_explained(
    store: Store, exotel: Exotel, answer: Exception | None
) -> None:
    store.schedule = replace(SWIFT, give_up=300)
    call = await placed(store, created_at=ago(200), opened_at=ago(190), closed_at=ago(180))
    exotel.call_record = {SID: answer} if answer else {}
    await asked(store, exotel, 4, "call", SID)
    assert (await look(store, call)).status is Status.ANSWERED


SOCKET = {"opened_at": ago(290), "closed_at": ago(280)}
NEVER_TOLD = (Status.FAILED, "Exotel never told what became of it")
BY_OUR_SOCKET = (Status.COMPLETED, "by our own socket; Exotel never told")


@pytest.mark.parametrize("answer", [DOWN, None])
@pytest.mark.parametrize(
    ("seen", "taken_for"),
    [
        ({}, NEVER_TOLD),
        ({"opened_at": ago(290)}, NEVER_TOLD),
        (SOCKET, BY_OUR_SOCKET),
        ({**SOCKET, "mode": TWO_NUMBERS}, NEVER_TOLD),
        ({**SOCKET, "mode": TWO_NUMBERS, "turns": 1}, BY_OUR_SOCKET),
    ],
)
async def test_the_reconciler_settles_on_what_the_websocket_knows_in_the_end(
    store: Store,
    exotel: Exotel,
    seen: dict[str, Any],
    taken_for: tuple[Status, str],
    answer: Exception | None,
) -> None:
    store.schedule = replace(SWIFT, give_up=250)
    call = await placed(store, created_at=ago(300), **seen)
    exotel.call_record = {SID: answer} if answer else {}
    call_record = await over(store, exotel, call)
    assert (call_record.status, call_record.reason) == taken_for


async def test_the_reconciler_gives_up_a_dial_that_two_calls_fit(
    store: Store, exotel: Exotel
) -> None:
    store.schedule = replace(SWIFT, give_up=250)
    call = await unknown(store, created_at=ago(300))
    exotel.listed = [details(sid, created_at=ago(300)) for sid in (SID, OTHER_SID)]
    call_record = await over(store, exotel, call)
    assert (call_record.status, call_record.reason) == NEVER_TOLD


@pytest.mark.parametrize("strange", [RuntimeError("strange"), details("foreign18l")], ids=type)
async def test_a_failing_reconciler_check_delays_no_other_call(
    store: Store, exotel: Exotel, log: list[str], strange: CallDetails | Exception
) -> None:
    store.schedule = replace(SWIFT, down=0.25)
    odd = await placed(store)
    other = await placed(store, call_sid=OTHER_SID)
    exotel.call_record = {SID: strange, OTHER_SID: details(OTHER_SID, status=CallStatus.BUSY)}
    await asked(store, exotel, 3, "call", SID)
    assert (await look(store, other)).status is Status.BUSY
    asked_at = zip(exotel.asked, exotel.asked_at, strict=True)
    at = [moment for (_, about), moment in asked_at if about == SID]
    assert all(later - earlier >= 0.25 for earlier, later in zip(at, at[1:], strict=False))
    assert (await look(store, odd)).status is Status.PLACED
    assert any(line.startswith("ERROR") and odd.call_id in line for line in log)
    log.clear()


@pytest.mark.parametrize("doubt", ["", DOUBT])
async def test_a_call_event_during_a_reconciler_check_outweighs_the_call_list(
    store: Store, exotel: Exotel, doubt: str
) -> None:
    store.schedule = replace(SWIFT, misses=1 if doubt else 2)
    call = dialled(created_at=ago(1), doubt=doubt)
    await store.add(call)

    async def placed_meanwhile() -> None:
        exotel.meanwhile = None
        await store.apply_event(call.call_id, Placed(ago(0), SID))

    exotel.meanwhile = placed_meanwhile
    exotel.call_record[SID] = details()
    await asked(store, exotel, 2, "call", SID)
    call_record = await look(store, call)
    assert (call_record.status, call_record.doubt, call_record.settled_as) == (
        Status.PLACED,
        doubt,
        None,
    )


async def test_the_reconciler_asks_for_many_prices_at_once(store: Store, exotel: Exotel) -> None:
    sids = [f"bill{nth}18l" for nth in range(3)]
    calls = [await placed(store, call_sid=sid, exotel_status=Status.BUSY) for sid in sids]
    await make_due(store)
    exotel.bills = [
        details(
            sid,
            status=CallStatus.COMPLETED,
            leg_statuses=(CallStatus.FAILED,),
            price=Decimal("0.55"),
            duration_secs=7,
        )
        for sid in sids
    ]
    async with at_work(store, exotel):

        async def billed() -> bool:
            return all([(await look(store, call)).price for call in calls])

        await eventually(billed)
        await asyncio.sleep(0.2)  # several rounds
    assert exotel.asked == [("bills", ",".join(sids))]
    for call in calls:
        call_record = await look(store, call)
        assert (call_record.status, call_record.price, call_record.duration_secs) == (
            Status.BUSY,
            Decimal("0.55"),
            7,
        )


async def test_the_reconciler_asks_for_a_price_only_a_few_times(
    store: Store, exotel: Exotel
) -> None:
    store.schedule = replace(SWIFT, looks=3)
    await placed(store, exotel_status=Status.BUSY)
    async with at_work(store, exotel):
        await eventually(lambda: exotel.count("bills", SID) == 3)
        await asyncio.sleep(0.3)
    assert exotel.asked == [("bills", SID)] * 3


async def test_the_reconciler_asks_for_prices_later_when_exotel_is_down(
    store: Store, exotel: Exotel, log: list[str]
) -> None:
    store.schedule = replace(SWIFT, down=0.25, looks=1)
    await placed(store, exotel_status=Status.BUSY)
    exotel.failures = [DOWN, DOWN]
    async with at_work(store, exotel):
        await eventually(lambda: exotel.count("bills", SID) == 3)
    at = exotel.asked_at
    assert all(later - earlier >= 0.25 for earlier, later in zip(at, at[1:], strict=False))
    assert sum("prices of 1 calls can't be looked up" in line for line in log) == 2


async def test_a_deleted_call_record_does_not_stop_the_reconciler(
    store: Store, exotel: Exotel, log: list[str]
) -> None:
    await placed(store, exotel_status=Status.BUSY)

    async def clean_up() -> None:
        exotel.meanwhile = None
        async with store.database.write() as connection:
            await connection.execute(delete(CALLS))

    exotel.meanwhile = clean_up
    async with at_work(store, exotel):
        await eventually(lambda: any("it goes on" in line for line in log))
        await placed(store, call_sid=OTHER_SID, exotel_status=Status.BUSY)
        await eventually(lambda: exotel.count("bills", OTHER_SID) > 0)
    log.clear()


async def make_due(store: Store) -> None:
    async with store.database.write() as connection:
        await connection.execute(update(CALLS).values(next_check_at=ago(1)))


async def test_the_reconciler_checks_calls_without_an_end_before_prices(
    store: Store, exotel: Exotel
) -> None:
    await placed(store, exotel_status=Status.BUSY)
    await unknown(store)
    await make_due(store)
    await asked(store, exotel, 1, "bills", SID)
    assert exotel.asked[:2] == [("list", ""), ("bills", SID)]


async def test_one_reconciler_works_and_another_takes_over_when_it_is_gone(store: Store) -> None:
    store.schedule = replace(SWIFT, lease=1.0)
    await placed(store)
    first, second = Exotel(), Exotel()
    for exotel in (first, second):
        exotel.call_record[SID] = details()
    async with at_work(store, first):
        await eventually(lambda: len(first.asked) >= 1)
        async with at_work(store, second):
            await eventually(lambda: len(first.asked) >= 6)
            assert second.asked == []
    taken_over_from = len(first.asked)
    await asked(store, second, 2, "call", SID)
    assert len(first.asked) == taken_over_from


@pytest.mark.parametrize(
    ("ending", "status", "reason"),
    [
        ("caller hung up", Status.COMPLETED, "Exotel tells nothing of the person's leg"),
        ("nobody answered", Status.NO_ANSWER, "nobody spoke on our socket"),
    ],
)
async def test_the_reconciler_settles_a_two_numbers_call_without_legs(
    store: Store, exotel: Exotel, ending: str, status: Status, reason: str
) -> None:
    store.schedule = replace(SWIFT, looks=3)
    call = await placed(store, mode=TWO_NUMBERS, ending=ending)
    exotel.call_record[SID] = details(status=CallStatus.COMPLETED)
    call_record = await over(store, exotel, call)
    assert (call_record.status, call_record.reason) == (status, reason)
    assert exotel.asked == [("call", SID)] * 4


async def test_two_numbers_legs_of_the_last_reconciler_check_count(
    store: Store, exotel: Exotel
) -> None:
    call = await placed(store, mode=TWO_NUMBERS, ending="caller hung up")
    silent = details(status=CallStatus.COMPLETED)
    exotel.call_record[SID] = silent

    async def legs_at_last() -> None:
        if exotel.count("call", SID) == 1 + SWIFT.looks:
            legs = (CallStatus.COMPLETED, CallStatus.BUSY)
            exotel.call_record[SID] = replace(silent, leg_statuses=legs)

    exotel.meanwhile = legs_at_last
    assert (await over(store, exotel, call)).status is Status.BUSY


async def test_the_reconciler_knows_a_two_numbers_websocket_is_not_the_dial(
    store: Store, exotel: Exotel
) -> None:
    call = await unknown(store, mode=TWO_NUMBERS, stream_call_sid=OTHER_SID)
    exotel.listed = [details()]
    exotel.call_record = {
        OTHER_SID: details(OTHER_SID, status=CallStatus.COMPLETED),
        SID: details(status=CallStatus.BUSY),
    }
    assert (await over(store, exotel, call)).status is Status.BUSY
    assert exotel.count("call", OTHER_SID) == 0
