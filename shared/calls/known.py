"""What is known of a call: news of every kind, in any order, joined into one honest outcome."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

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
from shared.calls.record import Direction
from shared.calls.status import ENDS, Status
from shared.telephony.modes import ConnectMode


class ForeignNews(Exception):
    """What was told is about another call than the one that Exotel took our dial for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCall:
    """One call. All times are aware; money is in the account's currency.

    Attributes:
        call_id: Our name for it; in Exotel's CustomField on calls we dial.
        mode: How Exotel connected it; None when we didn't dial it.
        number: Of the person, in E.164.
        exophone: Our number, as configured.
        context: Why we dial, as JSON text; "" if nobody said.
        ring_secs: For how long a phone rings; None leaves it to Exotel.
        created_at: When it was decided to dial, or when the socket opened.
        call_sid: Exotel's name for it.
        stream_call_sid: The name it had on our socket. In two-numbers mode that is another one: the
            socket belongs to the call that reached our ExoPhone.
        exotel_status: The end of the call as Exotel told it, at `exotel_at`.
        ending: Why the bot's part ended.
        turns: How often the person spoke.
    """

    call_id: str
    direction: Direction
    created_at: datetime
    mode: ConnectMode | None = None
    number: str = ""
    exophone: str = ""
    context: str = ""
    ring_secs: int | None = None

    call_sid: str = ""
    placed_at: datetime | None = None
    refusal: Rejected | None = None
    doubt: str = ""

    ringing_at: datetime | None = None
    exotel_answered_at: datetime | None = None
    exotel_status: Status | None = None
    exotel_at: datetime | None = None
    exotel_ended_at: datetime | None = None
    exotel_talk_secs: int | None = None
    duration_secs: int | None = None
    price: Decimal | None = None
    recording_url: str = ""
    answered_by: str = ""

    stream_call_sid: str = ""
    stream_sid: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    ending: str = ""
    turns: int = 0

    settled_as: Status | None = None
    settled_why: str = ""

    @property
    def status(self) -> Status:
        """The one outcome of everything known: Exotel's last word, else what we saw ourselves."""
        if self.exotel_status or self.settled_as:
            return self.exotel_status or self.settled_as or Status.UNKNOWN
        if self.closed_at and self.mode is None:
            return Status.COMPLETED
        if self.answered_at:
            return Status.ANSWERED
        if self.ringing_at:
            return Status.RINGING
        if self.call_sid or self.stream_call_sid:
            return Status.PLACED
        if self.refusal:
            return Status.REJECTED
        return Status.UNKNOWN if self.doubt else Status.DIALLING

    @property
    def answered_at(self) -> datetime | None:
        """When the person picked up: our socket opens on that, but not in two-numbers mode."""
        if self.mode is ConnectMode.TWO_NUMBERS:
            return self.exotel_answered_at
        return self.opened_at or self.exotel_answered_at

    @property
    def reason(self) -> str:
        """Why the call stands where it stands, if there is more to say than the status."""
        match self.status:
            case Status.REJECTED if self.refusal:
                return self.refusal.message
            case Status.UNKNOWN:
                return self.doubt
            case _:
                return "" if self.exotel_status else self.settled_why

    @property
    def ended_at(self) -> datetime | None:
        """When it was over: by Exotel's clock if it says so, else when our socket closed."""
        if not self.status.over:
            return None
        return self.exotel_ended_at or self.closed_at or self.exotel_at

    @property
    def talk_secs(self) -> int | None:
        """For how long the person was connected: as Exotel says, else as long as our socket was."""
        if self.exotel_talk_secs is not None:
            return self.exotel_talk_secs
        if self.mode is ConnectMode.TWO_NUMBERS or not (self.opened_at and self.closed_at):
            return None
        return round((self.closed_at - self.opened_at).total_seconds())


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
            return replace(call, closed_at=fact.at, ending=fact.ending, turns=fact.turns)
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
    if _rank(call, told.at, status) > _rank(call, call.exotel_at, call.exotel_status):
        call = replace(call, exotel_status=status, exotel_at=told.at)
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
    return replace(
        call,
        stream_call_sid=opened.call_sid,
        stream_sid=opened.stream_sid,
        opened_at=_first(call.opened_at, opened.at),
    )


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
