"""The events of a call: what REST, the socket, callbacks and applets tell of it, a class each."""

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
    """The outcome of the dial is unknown: Exotel may have taken it, or not."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class StatusReported:
    """Exotel's report on the call, in a callback or when asked: a claim, not the truth.

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
    """The socket of the call opened: the bot is connected."""

    at: datetime
    call_sid: str
    stream_sid: str


@dataclass(frozen=True, slots=True)
class SocketClosed:
    """The socket of the call closed.

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
    """The socket was lost with the process that had the call.

    Args:
        at: When it was alive last, as far as anybody knows.
        stream_sid: Of the socket.
    """

    at: datetime
    stream_sid: str


@dataclass(frozen=True, slots=True)
class StreamEnded:
    """Exotel's report on a stream that is over, or that never began.

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
    """The outcome that we take for a call on which Exotel had every chance to tell more."""

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
