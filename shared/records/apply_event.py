"""The function that joins the events of a call, of every kind and in any order, in its record."""

from dataclasses import replace
from datetime import datetime

from shared.records.call_events import (
    CallEvent,
    Placed,
    PlacementUnknown,
    Reconciled,
    Rejected,
    SocketClosed,
    SocketLost,
    SocketOpened,
    StatusReported,
    StreamEnded,
)
from shared.records.call_record import CallRecord
from shared.records.call_status import ENDS, Status
from shared.records.exotel_clock import by_our_clock
from shared.records.session_record import Ending


class ForeignEvent(Exception):
    """A report on another call than the one that Exotel took our dial for."""


def apply_event(call: CallRecord, event: CallEvent) -> CallRecord:
    """The call with one more fact; the same fact again changes nothing.

    Raises:
        ForeignEvent: If Exotel tells it of another call SID.
    """
    match event:
        case Placed():
            return replace(
                call, call_sid=event.call_sid, placed_at=_first(call.placed_at, event.at)
            )
        case Rejected():
            return replace(call, refusal=event)
        case PlacementUnknown():
            return replace(call, doubt=call.doubt or event.reason)
        case StatusReported():
            return _told(call, event)
        case SocketOpened():
            return _opened(call, event)
        case SocketClosed():
            return _closed(call, event)
        case SocketLost():
            return _lost(call, event)
        case StreamEnded():
            return replace(call, stream_over=_latest(call.stream_over, event))
        case Reconciled():
            return replace(call, settled_as=event.status, settled_why=event.reason)


def _told(call: CallRecord, told: StatusReported) -> CallRecord:
    if call.call_sid and told.call_sid != call.call_sid:
        raise ForeignEvent(f"it is about call {told.call_sid}, not about {call.call_sid}")
    told = by_our_clock(call, told)
    status = _of_the_person(call, told)
    call = replace(
        call,
        call_sid=call.call_sid or told.call_sid,
        ringing_at=_first(call.ringing_at, told.at if _rings(call, told) else None),
        exotel_answered_at=_first(
            call.exotel_answered_at, told.at if _picked_up(call, told) else None
        ),
        exotel_ended_at=call.exotel_ended_at or told.ended_at,
        exotel_talk_secs=_most(
            call.exotel_talk_secs, told.talk_secs if told.status in ENDS else None
        ),
        duration_secs=_most(call.duration_secs, told.duration_secs),
        price=told.price if call.price is None else call.price,
        recording_url=call.recording_url or told.recording_url,
        answered_by=call.answered_by or told.answered_by,
    )
    if told.status in ENDS:
        call = replace(call, exotel_over_at=_first(call.exotel_over_at, told.at))
    if status is call.exotel_status:  # told again; the first time is when it happened
        return replace(call, exotel_at=_first(call.exotel_at, told.at if status else None))
    if _rank(told.at, status) > _rank(call.exotel_at, call.exotel_status):
        return replace(call, exotel_status=status, exotel_at=told.at)
    return call


def _of_the_person(call: CallRecord, told: StatusReported) -> Status | None:
    """Exotel's status of the leg that matters: the call as a whole may read better.

    In two-numbers mode the first leg is our own ExoPhone, which always answers: a "completed" that
    says nothing of the second one, the person, is no word about them.
    """
    if told.status is not Status.COMPLETED:
        return told.status
    if (theirs := _their_leg(call, told)) in ENDS:
        return theirs
    if not call.traits.exophone_first or told.talk_secs:
        return told.status
    return Status.NO_ANSWER if told.talk_secs == 0 else None


def _their_leg(call: CallRecord, told: StatusReported) -> Status | None:
    nth = call.traits.callee_leg
    return told.leg_statuses[nth] if len(told.leg_statuses) > nth else None


def _rings(call: CallRecord, told: StatusReported) -> bool:
    """Whether the phone has begun to ring by then.

    Where we ask to be told of the ringing and of the answer, either says so; in the other modes an
    event may be our own ExoPhone's.
    """
    if told.status is Status.RINGING:
        return True
    return told.unnamed_event and "ringing" in call.traits.reports


def _picked_up(call: CallRecord, told: StatusReported) -> bool:
    if call.traits.exophone_first and told.leg_statuses:
        return told.answered and _their_leg(call, told) in (Status.ANSWERED, Status.COMPLETED)
    return told.answered


def _opened(call: CallRecord, opened: SocketOpened) -> CallRecord:
    if call.stream_sid not in ("", opened.stream_sid):  # Exotel has connected a second time
        call = replace(call, closed_at=None, ending="")
    return replace(
        call,
        stream_call_sid=opened.call_sid,
        stream_sid=opened.stream_sid,
        opened_at=_first(call.opened_at, opened.at),
    )


def _closed(call: CallRecord, closed: SocketClosed) -> CallRecord:
    if call.stream_sid not in ("", closed.stream_sid):
        return call
    return replace(call, closed_at=closed.at, ending=closed.ending, turns=closed.turns)


def _lost(call: CallRecord, lost: SocketLost) -> CallRecord:
    """A process that was taken for dead may live, and tells the end better."""
    if call.closed_at or call.stream_sid not in ("", lost.stream_sid):
        return call
    return replace(call, closed_at=lost.at, ending=Ending.DIED)


def _latest(known: StreamEnded | None, told: StreamEnded) -> StreamEnded:
    """Of two at the same second always the same one."""
    return max(known or told, told, key=lambda stream: (stream.at, repr(stream)))


def _first(known: datetime | None, told: datetime | None) -> datetime | None:
    return min((at for at in (known, told) if at), default=None)


def _most(known: int | None, told: int | None) -> int | None:
    return max((secs for secs in (known, told) if secs is not None), default=None)


def _rank(at: datetime | None, status: Status | None) -> tuple[float, int]:
    """Exotel's later end counts; of two at the same second always the same one."""
    if at is None or status not in ENDS:
        return (0.0, -1)
    return (at.timestamp(), ENDS.index(status))
