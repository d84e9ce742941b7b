"""Exotel's timestamps corrected by our clock, whatever Exotel's clock says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.responses import described
from shared.records.apply_event import apply_event
from shared.records.call_events import Placed, SocketClosed, SocketOpened, StatusReported
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.telephony.connect_mode import ConnectMode
from tests.support.call_records import SID, dialled

OFF = [
    timedelta(days=1),
    timedelta(days=-1),
    timedelta(hours=5, minutes=30),  # India's time taken for UTC
    timedelta(hours=-5, minutes=-30),
    timedelta(minutes=40),
    timedelta(minutes=-40),
    timedelta(days=-9_000),
]
BEGAN = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def at(secs: float) -> datetime:
    return BEGAN + timedelta(seconds=secs)


def call(**call_record: Any) -> CallRecord:
    """A call that we dialled, answered after 20 s and left after 50."""
    learned = dialled(created_at=BEGAN, **call_record)
    for event in (
        Placed(at(2), SID),
        SocketOpened(at(20), SID, "s1"),
        SocketClosed(at(50), "s1", "caller hung up", 2),
    ):
        learned = apply_event(learned, event)
    return learned


def completed(off: timedelta, *, began: bool = True, heard: float = 52) -> StatusReported:
    """The end at 51 s, as Exotel's clock has it."""
    return StatusReported(
        at=at(51) + off,
        call_sid=SID,
        status=Status.COMPLETED,
        ended_at=at(51) + off,
        talk_secs=30,
        began_at=at(1) + off if began else None,
        heard_at=at(heard),
    )


@pytest.mark.parametrize("off", OFF, ids=str)
@pytest.mark.parametrize("began", [True, False])
def test_timestamps_of_a_wrong_exotel_clock_are_moved(off: timedelta, began: bool) -> None:
    call_record = apply_event(call(), completed(off, began=began))
    assert call_record.ended_at and abs(call_record.ended_at - at(51)) <= timedelta(seconds=1)
    assert (call_record.status, call_record.talk_secs) == (Status.COMPLETED, 30)


@pytest.mark.parametrize("off", OFF, ids=str)
def test_the_timestamp_of_a_late_answer_is_moved_by_the_call_s_begin(off: timedelta) -> None:
    call_record = apply_event(call(), completed(off, heard=3 * 24 * 3600))
    assert call_record.ended_at and abs(call_record.ended_at - at(51)) <= timedelta(seconds=1)


@pytest.mark.parametrize("secs", [-29, -3, 0, 3, 29])
def test_timestamps_off_by_seconds_are_kept_but_never_in_the_future(secs: int) -> None:
    call_record = apply_event(call(), completed(timedelta(seconds=secs)))
    assert call_record.ended_at == min(at(51 + secs), at(52))


def test_a_status_callback_that_comes_late_keeps_its_timestamp() -> None:
    late = completed(timedelta(0), began=False, heard=52 + 15 * 60)
    assert apply_event(call(), late).ended_at == at(51)


def test_a_call_event_without_a_timestamp_is_of_when_it_came() -> None:
    heard = StatusReported(at(60), SID, Status.RINGING, began_at=at(1) - OFF[0], heard_at=at(60))
    assert apply_event(dialled(created_at=BEGAN), heard).ringing_at == at(60)


def test_an_impossible_end_timestamp_is_replaced_by_when_it_came() -> None:
    odd = StatusReported(
        at(51), SID, Status.COMPLETED, ended_at=at(51) - OFF[0], began_at=at(1), heard_at=at(52)
    )
    assert apply_event(call(), odd).ended_at == at(51)


def test_the_same_call_event_again_changes_no_timestamp() -> None:
    for began in (True, False):
        once = apply_event(call(), completed(OFF[0], began=began))
        assert apply_event(once, completed(OFF[0], began=began, heard=360)) == once


@given(
    off=st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    steps=st.lists(st.sampled_from(["ringing", "answered", "over", "opened", "closed"])),
    mode=st.sampled_from(ConnectMode),
    began=st.booleans(),
    delay=st.floats(0, 1_000),
    talk=st.none() | st.integers(0, 100_000),
)
def test_timestamps_in_a_call_record_keep_the_order_of_the_call(
    off: timedelta, steps: list[str], mode: ConnectMode, began: bool, delay: float, talk: int | None
) -> None:
    call_record = apply_event(dialled(created_at=BEGAN, mode=mode), Placed(at(2), SID))
    for step in steps:
        news: dict[str, Any] = {"began_at": at(1) + off if began else None, "call_sid": SID}
        match step:
            case "ringing":
                secs, news["status"] = 5, Status.RINGING
            case "answered":
                secs, news["status"], news["answered"] = 19, Status.ANSWERED, True
            case "over":
                secs, news["status"] = 51, Status.COMPLETED
                news |= {"ended_at": at(51) + off, "talk_secs": talk}
            case "opened":
                call_record = apply_event(call_record, SocketOpened(at(20), SID, "s1"))
                continue
            case _:
                call_record = apply_event(
                    call_record, SocketClosed(at(50), "s1", "caller hung up", 2)
                )
                continue
        call_record = apply_event(
            call_record, StatusReported(at(secs) + off, heard_at=at(secs + delay), **news)
        )
    record = described(call_record)
    names = ("created_at", "ringing_at", "answered_at", "ended_at")
    times = [record[name] for name in names if record[name]]
    assert times == sorted(times)
    assert (record["talk_secs"] or 0) >= 0
    for time in times:
        assert at(0).isoformat() <= time <= at(51 + delay + 1).isoformat()


def test_a_clock_that_is_set_back_makes_no_negative_call_duration() -> None:
    assert dialled(created_at=BEGAN, opened_at=at(100), closed_at=at(50)).talk_secs == 0
