"""The call record: all that is known of a call, and the one outcome that follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from shared.records.call_events import Rejected, StreamEnded
from shared.records.call_status import UNREACHED, Status
from shared.records.session_record import Ending
from shared.telephony.connect_mode import ConnectMode, Traits, traits_of
from shared.telephony.direction import Direction

SAME_END = timedelta(seconds=5)  # between our end of a call and Exotel's


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
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
        exotel_over_at: When Exotel told that the call is over, whether or not it told how.
        ending: Why the bot's part ended.
        turns: How often the person spoke.
        stream_over: What Exotel told last of a stream of this call.
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
    exotel_over_at: datetime | None = None
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
    stream_over: StreamEnded | None = None

    settled_as: Status | None = None
    settled_why: str = ""

    @property
    def traits(self) -> Traits:
        """The facts that follow from how Exotel connected it."""
        return traits_of(self.mode)

    @property
    def status(self) -> Status:
        """The one outcome of everything known: Exotel's last word, else what we saw ourselves."""
        if self.exotel_status or self.settled_as:
            return self.exotel_status or self.settled_as or Status.UNKNOWN
        if self.closed_at and self.mode is None:
            return Status.FAILED if self.ending == Ending.DIED else Status.COMPLETED
        if self.exotel_over_at and self.turns:
            return Status.COMPLETED  # we have heard the person
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
    def on_socket(self) -> bool:
        """Whether the call is on a socket now."""
        return bool(self.opened_at) and not (self.closed_at or self.status.over)

    @property
    def retry_after(self) -> float | None:
        """Seconds, if Exotel took no more dials for the moment; None if that isn't the matter."""
        refused = self.refusal if self.status is Status.REJECTED else None
        return refused.retry_after if refused else None

    @property
    def answered_at(self) -> datetime | None:
        """The moment of the answer, which is when our socket opens, but not in every mode."""
        if self.traits.opens_on_answer:
            return self.opened_at or self.exotel_answered_at
        if self.exotel_answered_at or not (self.exotel_ended_at and self.exotel_talk_secs):
            return self.exotel_answered_at
        return self.exotel_ended_at - timedelta(seconds=self.exotel_talk_secs)

    @property
    def reason(self) -> str:
        """The reason for the status, if there is more to say."""
        match self.status:
            case Status.REJECTED if self.refusal:
                return self.refusal.message or f"HTTP {self.refusal.status}"
            case Status.UNKNOWN:
                return self.doubt
            case Status.FAILED if self.mode is None:
                return "the server died during the call"
            case _:
                return "" if self.exotel_status else self.settled_why

    @property
    def ended_at(self) -> datetime | None:
        """The end of the call: by Exotel's clock if it says so, else when our socket closed."""
        if not self.status.over:
            return None
        if self.exotel_ended_at or not self._goes_on_after_us:
            return self.exotel_ended_at or self.closed_at or self.exotel_at
        return self.exotel_at

    @property
    def ending_explained(self) -> str:
        """The reason why the bot's part ended, in the light of what Exotel tells of the person.

        In two-numbers mode the socket is Exotel's own call to our ExoPhone: it hangs up too when
        nobody could be reached.
        """
        never_reached = self.exotel_status in UNREACHED and not (self.answered_at or self.turns)
        by_exotel = self.ending in (Ending.CALLER_HUNG_UP, Ending.STREAM_STOPPED)
        return Ending.NO_ANSWER if never_reached and by_exotel else self.ending

    @property
    def talk_secs(self) -> int | None:
        """For how long the person was connected: as Exotel says, else as long as our socket was."""
        if self.exotel_talk_secs is not None:
            return self.exotel_talk_secs
        if not (self.traits.opens_on_answer and self.opened_at and self.closed_at):
            return None
        if self._goes_on_after_us:
            return None
        return max(0, round((self.closed_at - self.opened_at).total_seconds()))

    @property
    def _goes_on_after_us(self) -> bool:
        """Whether the flow took the person elsewhere when our socket had closed."""
        by_flow = self.traits.flow_goes_on and not self.traits.socket_has_own_sid
        if not (by_flow and self.closed_at and self.exotel_at):
            return False
        return self.exotel_at - self.closed_at > SAME_END
