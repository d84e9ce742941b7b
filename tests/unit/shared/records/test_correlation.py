"""Correlation of an incoming leg with the dial that it belongs to."""

import asyncio
from typing import Any

import pytest

from shared.records import correlation
from shared.records.call_events import Placed, PlacementUnknown
from shared.records.call_status import Status
from shared.records.correlation import IncomingLeg, correlate, new_call_id
from shared.records.store import Store
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction
from tests.support.call_records import EXOPHONE, NUMBER, OTHER_SID, SID, ago, came_in, dialled

NATIONAL = "09812345678"  # NUMBER, as Exotel writes it
SOMEBODY = "+919899999999"
TWO_NUMBERS = ConnectMode.TWO_NUMBERS
PLACED_ELSEWHERE = {"call_sid": OTHER_SID}


@pytest.fixture(autouse=True)
def looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """For two seconds, as in earnest, but more often."""
    monkeypatch.setattr(correlation, "POLL_SECS", (0.0, *[0.05] * 40))


def leg(
    number: str = NATIONAL, to: str = EXOPHONE, custom: dict[str, str] | None = None
) -> IncomingLeg:
    return IncomingLeg(SID, number, to, custom or {})


async def found(store: Store, leg: IncomingLeg) -> str | None:
    call = await correlate(store, leg, Direction.OUTBOUND)
    return call.call_id if call else None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("{}", ""),
        ("CustomField", "{}"),
        ("call_id", "{}"),
        ("sample-rate=8000&call_id={}", ""),
        ("q", "sample-rate=8000&CustomField={}&x=1"),
    ],
)
async def test_custom_field_in_any_shape_identifies_the_dial(
    store: Store, name: str, value: str
) -> None:
    ours, alike = dialled(), dialled()
    for call in (ours, alike):
        await store.add(call)
    custom = {name.format(ours.call_id): value.format(ours.call_id), "other": "42"}
    assert await found(store, leg(custom=custom)) == ours.call_id


@pytest.mark.parametrize(
    "fields",
    [
        {"stream_call_sid": OTHER_SID, "opened_at": ago(9)},  # another call is on its socket
        {"direction": Direction.INBOUND, "call_sid": OTHER_SID},
    ],
)
async def test_custom_field_cannot_identify_a_dial_that_is_not_this_call(
    store: Store, fields: dict[str, Any]
) -> None:
    named = dialled(**fields)
    await store.add(named)
    assert await found(store, leg(custom={named.call_id: ""})) is None


async def test_custom_field_identifies_its_dial_again_on_a_second_websocket(store: Store) -> None:
    named = dialled(stream_call_sid=SID, opened_at=ago(9))
    await store.add(named)
    assert await found(store, leg(custom={named.call_id: ""})) == named.call_id


async def test_a_custom_field_with_two_call_ids_or_none_identifies_no_dial(store: Store) -> None:
    by_sid = dialled(call_sid=SID)
    others = [dialled(number=SOMEBODY), dialled(number=SOMEBODY)]
    for call in (by_sid, *others):
        await store.add(call)
    for custom in ({other.call_id: "" for other in others}, {new_call_id(): ""}):
        assert await found(store, leg(custom=custom)) == by_sid.call_id


async def test_without_custom_field_the_call_sid_identifies_the_dial(store: Store) -> None:
    ours, alike = dialled(call_sid=SID, number=SOMEBODY), dialled()
    for call in (ours, alike):
        await store.add(call)
    assert await found(store, leg()) == ours.call_id


@pytest.mark.parametrize(
    "came", [leg(), leg(EXOPHONE, NATIONAL), leg(NUMBER, ""), leg("", NATIONAL)]
)
async def test_without_call_sid_the_phone_number_identifies_the_dial(
    store: Store, came: IncomingLeg
) -> None:
    ours = dialled()
    for call in (ours, dialled(number=SOMEBODY)):
        await store.add(call)
    assert await found(store, came) == ours.call_id


@pytest.mark.parametrize(
    "written", ["sip:+919812345678@host", "+0919812345678", "tel:9812345678;phone-context=+91"]
)
async def test_a_phone_number_in_any_spelling_identifies_the_dial(
    store: Store, written: str
) -> None:
    ours = dialled()
    await store.add(ours)
    assert await found(store, leg(written)) == ours.call_id


@pytest.mark.parametrize("mode", [ConnectMode.VOICE_AI, TWO_NUMBERS])
@pytest.mark.parametrize(
    "written", ["+91XXXXXX5678", "09XXXXX678", "+91******5678", "anonymous", "unknown", ""]
)
async def test_a_masked_phone_number_identifies_no_dial(
    store: Store, written: str, mode: ConnectMode
) -> None:
    for number in ("+919999995678", NUMBER):  # the first is what letters mean on a phone's keys
        await store.add(dialled(number=number, mode=mode))
    assert await found(store, leg(written, written)) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"number": SOMEBODY},
        {"call_sid": OTHER_SID},  # Exotel's answer gave it another name
        {"exotel_status": Status.BUSY, "exotel_at": ago(1)},
        {"settled_as": Status.FAILED},
        {"opened_at": ago(1)},  # it has its socket
        {"created_at": ago(601)},
    ],
)
async def test_a_dial_that_cannot_be_the_call_is_not_correlated(
    store: Store, fields: dict[str, Any]
) -> None:
    await store.add(dialled(**fields))
    assert await found(store, leg()) is None


async def test_of_two_dials_to_one_phone_number_none_is_guessed(
    store: Store, log: list[str]
) -> None:
    for _ in range(2):
        call = dialled()
        await store.add(call)
        await store.apply_event(call.call_id, PlacementUnknown(ago(0), "no answer"))
    assert await found(store, leg()) is None
    assert [line for line in log if "2 dialled calls fit" in line]
    assert NATIONAL[1:] not in "".join(log)


async def test_two_dials_that_wait_for_exotel_s_answer_are_told_apart_by_it(store: Store) -> None:
    ours, alike = dialled(), dialled()
    for call in (ours, alike):
        await store.add(call)
    looking = asyncio.create_task(found(store, leg()))
    await asyncio.sleep(0.02)
    await store.apply_event(ours.call_id, Placed(ago(0), SID))
    assert await looking == ours.call_id


async def test_the_answer_to_the_other_dial_tells_two_dials_apart_too(store: Store) -> None:
    ours, alike = dialled(), dialled()
    for call in (ours, alike):
        await store.add(call)
    looking = asyncio.create_task(found(store, leg()))
    await asyncio.sleep(0.02)
    await store.apply_event(alike.call_id, Placed(ago(0), OTHER_SID))
    assert await looking == ours.call_id


async def test_a_timeout_of_exotel_s_answer_leaves_two_dials_uncorrelated(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correlation, "POLL_SECS", (0.0, 0.05))
    for _ in range(2):
        await store.add(dialled())
    assert await found(store, leg()) is None


@pytest.mark.parametrize("came", [leg(EXOPHONE, EXOPHONE), leg("08047112233", "")])
async def test_a_two_numbers_dial_reaches_our_exophone_under_another_call_sid(
    store: Store, came: IncomingLeg
) -> None:
    ours = dialled(mode=TWO_NUMBERS, **PLACED_ELSEWHERE)
    await store.add(ours)
    await store.add(dialled(number=SOMEBODY))
    assert await found(store, came) == ours.call_id


async def test_two_simultaneous_two_numbers_dials_cannot_be_told_apart(store: Store) -> None:
    for number in (NUMBER, SOMEBODY):
        await store.add(dialled(mode=TWO_NUMBERS, number=number, **PLACED_ELSEWHERE))
    assert await found(store, leg(EXOPHONE, EXOPHONE)) is None


async def test_an_inbound_call_of_a_dialled_person_is_not_the_dial(store: Store) -> None:
    dial = dialled()
    await store.add(dial)
    came = leg(custom={dial.call_id: ""})
    assert await correlate(store, came, Direction.INBOUND) is None


async def test_an_inbound_call_is_recognised_by_its_call_sid(store: Store) -> None:
    first = came_in(stream_call_sid=SID)
    await store.add(first)
    assert await correlate(store, leg(), Direction.INBOUND) == first
