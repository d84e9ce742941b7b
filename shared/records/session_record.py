"""The session record: one call on a socket, how it went and why it ended."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from statistics import median

from shared.telephony.direction import Direction


class Ending(StrEnum):
    """The reason why a call is over."""

    CALLER_HUNG_UP = "caller hung up"
    STREAM_STOPPED = "stream stopped by Exotel"
    CONNECTION_LOST = "connection lost"
    FLOODED = "flooded by the other side"
    BOT_HUNG_UP = "bot hung up"
    SILENCE = "nobody spoke"
    NO_ANSWER = "nobody answered"
    TRANSFERRED = "transferred to a person"
    TOO_LONG = "longest time reached"
    VOICEMAIL = "voicemail"
    MESSAGE_LEFT = "voicemail, message left"
    MENU = "answered by a menu"
    WRONG_TOKEN = "token refused"
    REPLACED = "replaced by Exotel's second connection"
    SHUTDOWN = "server shut down"
    OVERLOAD = "shed under load"
    DIED = "server died"
    FAILURE = "failure"


@dataclass(slots=True)
class SessionRecord:
    """One call, written while it goes on.

    Its times are the wall clock's at the start and what has passed since: a clock that is set
    meanwhile makes no call longer or shorter.

    Attributes:
        from_number: As Exotel wrote it, unmasked: for the bot, not for the log.
        turns: How often the caller spoke and was done.
        response_secs: For each answer, seconds from the caller's last word to the bot's first. An
            apology is no answer.
        malformed: Messages of Exotel's that made no sense.
        missing: Messages of Exotel's that never came.
        failures: In how many turns each provider failed: "stt", "llm", "tts".
    """

    call_sid: str
    stream_sid: str
    direction: Direction
    from_number: str = ""
    to_number: str = ""
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended_at: datetime | None = None
    ending: Ending | None = None
    turns: int = 0
    response_secs: list[float] = field(default_factory=list)
    malformed: int = 0
    missing: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    _begun: float = field(default_factory=time.monotonic, repr=False)

    def end(self, ending: Ending) -> None:
        """Close the record; the first ending is the one that counts."""
        if self.ending is None:
            self.ending = ending
            self.ended_at = self.now

    @property
    def now(self) -> datetime:
        """This moment, as the call's clock has it."""
        return self.started_at + timedelta(seconds=time.monotonic() - self._begun)

    @property
    def duration(self) -> float:
        """Seconds from the start to the end, or to now."""
        return ((self.ended_at or self.now) - self.started_at).total_seconds()

    @property
    def median_response(self) -> float | None:
        """Seconds, or None when the bot never answered anything."""
        return median(self.response_secs) if self.response_secs else None
