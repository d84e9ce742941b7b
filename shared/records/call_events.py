"""What REST, the socket, callbacks and applets tell of a call: a value for each kind of news."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from shared.records.call_status import Status


@dataclass(frozen=True, slots=True)
class Placed:
    """Exotel took the dial: it has a name for the call, and rings."""

    at: datetime
    call_sid: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Exotel refused the dial.

    Args:
        status: HTTP status of Exotel's answer.
        message: In Exotel's words.
        code: Exotel's own error code, or "".
        hint: What to do about it.
        retry_after: Seconds, if Exotel took no more requests for the moment; else None.
    """

    at: datetime
    status: int
    message: str
    code: str = ""
    hint: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class PlacementUnknown:
    """Nobody knows whether Exotel took the dial."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class StatusReported:
    """What Exotel says about the call, in a callback or when asked.

    Args:
        at: When Exotel noted it, by Exotel's clock, or when we learned it.
        call_sid: Exotel's name for the call.
        status: Where the call stands, or None when Exotel doesn't say.
        answered: The person has picked up.
        unnamed_event: Something happened before the end, and Exotel didn't say what.
        leg_statuses: Where each leg stands, the one dialled first first.
        ended_at: When the call was over.
        talk_secs: For how long both sides were connected.
        duration_secs: From the first ring to the end.
        price: In the account's currency.
        began_at: When the call began, by Exotel's clock.
        heard_at: When we heard of it, by ours; the same news later is the same news.
    """

    at: datetime
    call_sid: str
    status: Status | None = None
    answered: bool = False
    unnamed_event: bool = False
    leg_statuses: tuple[Status | None, ...] = ()
    ended_at: datetime | None = None
    talk_secs: int | None = None
    duration_secs: int | None = None
    price: Decimal | None = None
    recording_url: str = ""
    answered_by: str = ""
    began_at: datetime | None = field(default=None, compare=False)
    heard_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SocketOpened:
    """The bot is on the line."""

    at: datetime
    call_sid: str
    stream_sid: str


@dataclass(frozen=True, slots=True)
class SocketClosed:
    """The bot is off the line.

    Args:
        stream_sid: Of the socket that closed; another one may have taken its place.
        ending: Why, in the words of `Ending`.
        turns: How often the person spoke.
    """

    at: datetime
    stream_sid: str
    ending: str
    turns: int = 0


@dataclass(frozen=True, slots=True)
class SocketLost:
    """The process that had the call has died, and the socket with it.

    Args:
        at: When it was alive last, as far as anybody knows.
        stream_sid: Of the socket.
    """

    at: datetime
    stream_sid: str


@dataclass(frozen=True, slots=True)
class StreamEnded:
    """What Exotel says of a stream that is over, or that never began.

    Args:
        at: When it said so.
        stream_sid: Of the socket; "" if there was none.
        status: "completed", "cancelled", "failed", or "" for a word that we don't know.
        secs: How long it was open.
        ended_by: "bot", "user", or "" if it was neither, or Exotel doesn't say.
        error: Why it failed, in Exotel's words without the addresses in them.
        recording_url: Of this stream alone; only the applet's own option records it.
    """

    at: datetime
    stream_sid: str = ""
    status: str = ""
    secs: int | None = None
    ended_by: str = ""
    error: str = ""
    recording_url: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Exotel had every chance to tell more: this is what we take the call for."""

    at: datetime
    status: Status
    reason: str


CallEvent = (
    Placed
    | Rejected
    | PlacementUnknown
    | StatusReported
    | SocketOpened
    | SocketClosed
    | SocketLost
    | StreamEnded
    | Reconciled
)
