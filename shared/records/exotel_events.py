"""The translation of Exotel's reports into events of ours."""

from datetime import UTC, datetime

from shared.records.call_events import StatusReported, StreamEnded
from shared.records.call_status import Status
from shared.telephony.call_status import CallStatus
from shared.telephony.rest.call_details import CallDetails
from shared.telephony.webhook_payloads.passthru import StreamReport
from shared.telephony.webhook_payloads.status_callback import StatusUpdate

OURS = {
    CallStatus.QUEUED: Status.PLACED,
    CallStatus.RINGING: Status.RINGING,
    CallStatus.IN_PROGRESS: Status.ANSWERED,
    CallStatus.COMPLETED: Status.COMPLETED,
    CallStatus.BUSY: Status.BUSY,
    CallStatus.NO_ANSWER: Status.NO_ANSWER,
    CallStatus.FAILED: Status.FAILED,
    CallStatus.CANCELLED: Status.CANCELLED,
}


def from_callback(update: StatusUpdate) -> StatusReported:
    """The event of a status callback.

    "In progress" comes with the event "answered", and with "ringing" too. When Exotel leaves the
    event out, as it does unless the dial had both From and To, one of those has happened.
    """
    status = OURS[update.status] if update.status else None
    if update.event == "ringing":
        status = Status.RINGING
    elif status is Status.ANSWERED and update.event != "answered":
        status = Status.PLACED
    now = datetime.now(UTC)
    return StatusReported(
        at=update.updated_at or now,
        call_sid=update.call_sid,
        status=status,
        answered=update.event == "answered",
        unnamed_event=update.status is CallStatus.IN_PROGRESS and not update.event,
        leg_statuses=_legs(update.leg_statuses),
        ended_at=update.ended_at,
        talk_secs=update.talk_secs,
        price=update.price,
        recording_url=update.recording_url,
        answered_by=update.answered_by,
        began_at=update.started_at,
        heard_at=now,
    )


def from_details(details: CallDetails) -> StatusReported:
    """The event of a looked-up call; "in progress" means no more than that it isn't over."""
    now = datetime.now(UTC)
    return StatusReported(
        at=details.ended_at or now,
        call_sid=details.call_sid,
        status=OURS[details.status] if details.status else None,
        leg_statuses=_legs(details.leg_statuses),
        ended_at=details.ended_at,
        talk_secs=details.talk_secs,
        duration_secs=details.duration_secs,
        price=details.price,
        recording_url=details.recording_url,
        answered_by=details.answered_by,
        began_at=details.created_at or details.started_at,
        heard_at=now,
    )


def from_passthru(stream: StreamReport, told_at: datetime) -> StreamEnded:
    """The event of a stream's end, which a Passthru applet reports."""
    return StreamEnded(
        at=told_at,
        stream_sid=stream.stream_sid,
        status=stream.status,
        secs=stream.secs,
        ended_by=stream.ended_by,
        error=stream.error,
        recording_url=stream.recording_url,
    )


def _legs(statuses: tuple[CallStatus | None, ...]) -> tuple[Status | None, ...]:
    return tuple(OURS[status] if status else None for status in statuses)
