"""When a caller has waited too long for a word, and what is due then.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from enum import Enum, StrEnum, auto
from math import inf

SPARE_SECS = 2.0  # of silence, after which another provider is tried if there is one
MOMENT_SECS = 3.0  # of silence, after which the caller hears something; nobody waits for 4 s
AUDIBLE_SECS = 1.0  # for what is said then to be heard
WORTH_SECS = 0.4  # of voice that is an utterance; what is shorter may be a cough
MAX_UNHEARD = 3  # utterances in a row that nobody could make out


class Due(StrEnum):
    """What to do about a silence."""

    SPARE = "trying another provider"  # if there is one
    MOMENT = "asking them to wait"
    AGAIN = "asking them to say it again"
    SORRY = "saying that it went wrong"
    GIVE_UP = "giving up"  # the call ends, or a person takes over


class Stage(Enum):
    """Whose work an answer waits for."""

    EARS = auto()
    MIND = auto()
    TOOL = auto()  # of the bot's; it has its own limit
    VOICE = auto()


class Vigil:
    """Watches over a call in which somebody waits for an answer.

    Attributes:
        stage: Whose work is awaited.
        failures: Answers in a row that failed.
    """

    def __init__(self) -> None:
        self.stage = Stage.MIND
        self.failures = 0
        self._asked_at = inf  # since when something is expected; inf: nothing is
        self._sound_until = -inf  # when the last sound of ours will have been played
        self._sounded = False  # since something is expected
        self._tried = False  # once more, or the spare
        self._alone = False  # there is no spare
        self._broken = False  # what is being said of an answer isn't all of it
        self._starved = False  # it seems so, unless there is more of it
        self._asked_to_wait = False
        self._talking_since = inf
        self._unheard = 0

    @property
    def awaited(self) -> bool:
        """Whether an answer is due."""
        return self._asked_at < inf

    @property
    def due_at(self) -> float:
        """When the silence becomes too long, as far as is known by now."""
        if not self.awaited or self._talking_since < inf:
            return inf
        silent_since = max(self._asked_at, self._sound_until)
        spare = self.stage in (Stage.MIND, Stage.VOICE) and not (self._tried or self._alone)
        return silent_since + (SPARE_SECS if spare else MOMENT_SECS)

    def expect(self, now: float, stage: Stage = Stage.MIND) -> None:
        """Take note that an answer is being made."""
        if not self.awaited:
            self._asked_at = now
            self._sounded = self._tried = self._alone = False
            self._asked_to_wait = self._starved = False
        if stage is Stage.MIND:
            self._unheard = 0
            self._broken = False
        self.stage = stage

    def caller_began(self, now: float) -> None:
        """Take note of a voice."""
        self._talking_since = now

    def caller_ended(self, now: float) -> None:
        """Take note that the voice has stopped; over the bot's own it asks for no answer."""
        lasted = now - self._talking_since
        self._talking_since = inf
        if self.awaited:
            self._asked_at = max(self._asked_at, now) if lasted >= WORTH_SECS else self._asked_at
        elif lasted >= WORTH_SECS and now >= self._sound_until:
            self.expect(now, Stage.EARS)

    @property
    def talking(self) -> bool:
        """Whether a voice of the caller's is on."""
        return self._talking_since < inf

    def sound(self, now: float, secs: float, *, answers: bool) -> None:
        """Take note that so much of ours is on its way to the caller."""
        self._sound_until = max(self._sound_until, now) + secs
        self._sounded |= answers
        self._starved &= not answers

    def hushed(self, now: float) -> None:
        """Take note that nothing of ours will be played any more."""
        self._sound_until = min(self._sound_until, now)

    def complete(self) -> None:
        """Take note that an answer has been made to its end; one without a sound is none."""
        if self.awaited and self._sounded and not (self._broken or self._starved):
            self.failures = self._unheard = 0
            self.rest()

    def abandon(self) -> None:
        """Take note that the caller doesn't wait any longer."""
        if self.awaited and self._asked_to_wait:
            self.failures += 1
        self.rest()

    def understood(self) -> None:
        """Take note that what the ears were waited for has come, and asks for no answer."""
        if self.stage is Stage.EARS:
            self._unheard = 0
            self.rest()

    def rest(self) -> None:
        """Expect nothing."""
        self._asked_at = inf

    def look(self, now: float) -> Due | None:
        """What is due now, if anything is; it is taken for done, but for the spare."""
        if now < self.due_at:
            return None
        if self.stage is Stage.EARS:
            return self._unheard_again()
        if self.stage is not Stage.TOOL and not (self._tried or self._alone):
            return Due.SPARE
        if self.stage is Stage.TOOL or not self._asked_to_wait:
            self._asked_to_wait = True
            self._asked_at = now - MOMENT_SECS + AUDIBLE_SECS
            return Due.MOMENT
        return self.failed()

    def try_again(self, *, however_late: bool = False) -> bool:
        """Whether what has just failed is to be tried once more; only once for an answer.

        Args:
            however_late: Even if it took so long that a spare was looked for.
        """
        self._broken = True
        tried = self._tried or (self._alone and not however_late)
        self._tried = True
        return self.awaited and not tried

    def wait_for_it(self) -> None:
        """Take note that nobody else can make the answer."""
        self._alone = True
        self._starved = self.stage is Stage.VOICE

    def failed(self) -> Due:
        """Take note that there will be no answer."""
        self.failures += 1
        self.rest()
        return Due.SORRY if self.failures == 1 else Due.GIVE_UP

    def _unheard_again(self) -> Due:
        self._unheard += 1
        self.rest()
        return Due.AGAIN if self._unheard < MAX_UNHEARD else Due.GIVE_UP
