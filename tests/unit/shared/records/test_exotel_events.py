"""Call events from Exotel's status callbacks, call details and Passthru requests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from shared.records.call_events import StatusReported, StreamEnded
from shared.records.call_status import ENDS, Status
from shared.records.exotel_events import OURS, from_callback, from_details, from_passthru
from shared.telephony.call_status import CallStatus
from shared.telephony.form import Form
from shared.telephony.rest.call_details import read_details
from shared.telephony.webhook_payloads.passthru import parse_passthru
from shared.telephony.webhook_payloads.status_callback import parse_status
from tests.support.call_records import SID

UPDATED = "2026-03-01 15:30:00"  # IST
AT = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def callback(**fields: object) -> StatusReported:
    return from_callback(parse_status({"CallSid": SID, "DateUpdated": UPDATED, **fields}))


def details(**fields: object) -> StatusReported:
    read = read_details(Form({"Sid": SID, **fields}))
    assert read
    return from_details(read)


def test_every_call_status_of_exotel_is_one_of_ours() -> None:
    assert set(OURS) == set(CallStatus)
    assert set(ENDS) <= set(OURS.values())


@pytest.mark.parametrize(
    ("event", "status", "ours", "answered"),
    [
        ("ringing", "in-progress", Status.RINGING, False),
        ("answered", "in-progress", Status.ANSWERED, True),
        ("", "in-progress", Status.PLACED, False),  # a callback of an account without events
        ("terminal", "completed", Status.COMPLETED, False),
        ("terminal", "no-answer", Status.NO_ANSWER, False),
        ("terminal", "null", None, False),
    ],
)
def test_a_status_callback_becomes_a_call_event(
    event: str, status: str, ours: Status | None, answered: bool
) -> None:
    told = callback(EventType=event, Status=status)
    assert (told.at, told.call_sid, told.status, told.answered) == (AT, SID, ours, answered)


def test_a_status_callback_s_event_has_all_that_it_carries() -> None:
    legs = [{"Status": "completed"}, {"Status": "canceled", "AnsweredBy": "HUMAN"}]
    told = callback(
        EventType="terminal",
        Status="completed",
        EndTime=UPDATED,
        ConversationDuration=7,
        Price="1.50",
        RecordingUrl="https://recordings.exotel.com/1.mp3",
        Legs=legs,
    )
    assert told == StatusReported(
        at=AT,
        call_sid=SID,
        status=Status.COMPLETED,
        leg_statuses=(Status.COMPLETED, Status.CANCELLED),
        ended_at=AT,
        talk_secs=7,
        price=Decimal("1.50"),
        recording_url="https://recordings.exotel.com/1.mp3",
        answered_by="human",
    )


def test_a_call_event_without_a_timestamp_is_of_now() -> None:
    for told in (callback(DateUpdated=None, Status="busy"), details(Status="in-progress")):
        assert timedelta(0) <= datetime.now(UTC) - told.at < timedelta(seconds=10)


def test_in_progress_in_call_details_is_not_answered() -> None:
    told = details(Status="in-progress")
    assert (told.status, told.answered) == (Status.ANSWERED, False)


def test_call_details_become_an_event_with_all_that_they_carry() -> None:
    legs = {"Leg1Status": "completed", "Leg2Status": "no-answer", "ConversationDuration": 0}
    told = details(Status="completed", EndTime=UPDATED, Duration="21", Price="0.600", Details=legs)
    assert told == StatusReported(
        at=AT,
        call_sid=SID,
        status=Status.COMPLETED,
        leg_statuses=(Status.COMPLETED, Status.NO_ANSWER),
        ended_at=AT,
        talk_secs=0,
        duration_secs=21,
        price=Decimal("0.600"),
    )


def test_a_passthru_event_tells_how_a_stream_ended() -> None:
    told = {"StreamSID": "stream-1", "Status": "failed", "Duration": "7", "DisconnectedBy": "bot"}
    more = {"Error": "3009 no", "RecordingUrl": "https://recordings.exotel.com/1.mp3"}
    asked = parse_passthru({"CallSid": SID, "CurrentTime": UPDATED, "Stream": told | more})
    assert asked.stream
    assert asked.told_at
    assert from_passthru(asked.stream, asked.told_at) == StreamEnded(
        at=AT,
        stream_sid="stream-1",
        status="failed",
        secs=7,
        ended_by="bot",
        error="3009 no",
        recording_url="https://recordings.exotel.com/1.mp3",
    )
