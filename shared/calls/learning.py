"""News of a call, of every kind and in any order, joined into what is known of it."""

from dataclasses import replace
from datetime import datetime

from shared.calls.facts import (
    Doubted,
    Fact,
    Placed,
    Rejected,
    Settled,
    SocketClosed,
    SocketOpened,
    Told,
)
from shared.calls.known import KnownCall
from shared.calls.status import ENDS, Status
from shared.telephony.modes import ConnectMode


class ForeignNews(Exception):
    """What was told is about another call than the one that Exotel took our dial for."""


def learn(call: KnownCall, fact: Fact) -> KnownCall:
    """The call with one more fact; the same fact again changes nothing.

    Raises:
        ForeignNews: If Exotel tells it of another call SID.
    """
    match fact:
        case Placed():
            return replace(call, call_sid=fact.call_sid, placed_at=_first(call.placed_at, fact.at))
        case Rejected():
            return replace(call, refusal=fact)
        case Doubted():
            return replace(call, doubt=call.doubt or fact.reason)
        case Told():
            return _told(call, fact)
        case SocketOpened():
            return _opened(call, fact)
        case SocketClosed():
            return _closed(call, fact)
        case Settled():
            return replace(call, settled_as=fact.status, settled_why=fact.reason)


def _told(call: KnownCall, told: Told) -> KnownCall:
    if call.call_sid and told.call_sid != call.call_sid:
        raise ForeignNews(f"it is about call {told.call_sid}, not about {call.call_sid}")
    status = _of_the_person(call, told)
    call = replace(
        call,
        call_sid=call.call_sid or told.call_sid,
        ringing_at=_first(call.ringing_at, told.at if status is Status.RINGING else None),
        exotel_answered_at=_first(
            call.exotel_answered_at, told.at if _picked_up(call, told) else None
        ),
        exotel_ended_at=call.exotel_ended_at or told.ended_at,
        exotel_talk_secs=_most(call.exotel_talk_secs, told.talk_secs),
        duration_secs=_most(call.duration_secs, told.duration_secs),
        price=told.price if call.price is None else call.price,
        recording_url=call.recording_url or told.recording_url,
        answered_by=call.answered_by or told.answered_by,
    )
    if status is call.exotel_status:  # told again; the first time is when it happened
        return replace(call, exotel_at=_first(call.exotel_at, told.at if status else None))
    if _rank(call, told.at, status) > _rank(call, call.exotel_at, call.exotel_status):
        return replace(call, exotel_status=status, exotel_at=told.at)
    return call


def _of_the_person(call: KnownCall, told: Told) -> Status | None:
    """Exotel's status of the leg that matters.

    In two-numbers mode the first leg is our own ExoPhone, which always answers: the second one is
    the person, and the call as a whole may read "completed" although nobody picked up.
    """
    if call.mode is ConnectMode.TWO_NUMBERS and told.status is Status.COMPLETED:
        theirs = told.leg_statuses[1] if len(told.leg_statuses) > 1 else None
        return theirs if theirs in ENDS else told.status
    return told.status


def _picked_up(call: KnownCall, told: Told) -> bool:
    if call.mode is ConnectMode.TWO_NUMBERS and told.leg_statuses:
        theirs = told.leg_statuses[1] if len(told.leg_statuses) > 1 else None
        return told.answered and theirs in (Status.ANSWERED, Status.COMPLETED)
    return told.answered


def _opened(call: KnownCall, opened: SocketOpened) -> KnownCall:
    if call.stream_sid not in ("", opened.stream_sid):  # Exotel has connected a second time
        call = replace(call, closed_at=None, ending="")
    return replace(
        call,
        stream_call_sid=opened.call_sid,
        stream_sid=opened.stream_sid,
        opened_at=_first(call.opened_at, opened.at),
    )


def _closed(call: KnownCall, closed: SocketClosed) -> KnownCall:
    if call.stream_sid not in ("", closed.stream_sid):
        return call
    return replace(call, closed_at=closed.at, ending=closed.ending, turns=closed.turns)


def _first(known: datetime | None, told: datetime | None) -> datetime | None:
    return min((at for at in (known, told) if at), default=None)


def _most(known: int | None, told: int | None) -> int | None:
    return max((secs for secs in (known, told) if secs is not None), default=None)


def _rank(call: KnownCall, at: datetime | None, status: Status | None) -> tuple[int, float, int]:
    """Exotel's later end counts; least of all a "completed" that may be about our own leg."""
    if at is None or status not in ENDS:
        return (0, 0.0, 0)
    ours = call.mode is ConnectMode.TWO_NUMBERS and status is Status.COMPLETED
    return (1 if ours else 2, at.timestamp(), ENDS.index(status))
