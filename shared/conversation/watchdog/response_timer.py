"""When a caller has waited too long for a word, and what is due then.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from enum import Enum, StrEnum, auto
from math import inf

from shared.bot.turn_settings import FILLER_SECS

FALLBACK_SECS = 2.0  # of silence, after which another provider is tried if there is one
AUDIBLE_SECS = 1.0  # for what is said then to be heard
ANSWER_SECS = 1.0  # for an answer to be heard once the LLM is asked
WORTH_SECS = 0.4  # of voice that is an utterance; what is shorter may be a cough
MAX_UNHEARD = 3  # utterances in a row that nobody could make out


class Due(StrEnum):
    """What to do about a silence."""

    FALLBACK = "trying another provider"  # if there is one
    FILLER = "asking them to wait"
    REPROMPT = "asking them to say it again"
    APOLOGY = "saying that it went wrong"
    GIVE_UP = "giving up"  # the call ends, or a person takes over


class Stage(Enum):
    """Whose work an answer waits for."""

    STT = auto()
    LLM = auto()
    TOOL = auto()  # of the bot's; it has its own limit
    TTS = auto()


class ResponseTimer:
    """Watches over a call in which somebody waits for an answer.

    Attributes:
        stage: Whose work is awaited.
        failures: Answers in a row that failed.
    """

    def __init__(self) -> None:
        self.stage = Stage.LLM
        self.failures = 0
        self._asked_at = inf  # since when something is expected; inf: nothing is
        self._begun_at = -inf  # since when somebody works at it who may have a fallback
        self._sound_until = -inf  # when the last sound of ours will have been played
        self._sounded = False  # since something is expected
        self._tries = 0  # more than one, of the same or of the fallback
        self._alone = False  # there is no fallback
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
        return min(self._silent_since + FILLER_SECS, self._fallback_at)

    def expect(self, now: float, stage: Stage = Stage.LLM) -> None:
        """Take note that an answer is being made."""
        if not self.awaited:
            self._begin(now)
        self._asked_at = min(self._asked_at, now)
        if stage is Stage.LLM:
            self._unheard = 0
            self._broken = False
        self.stage = stage

    def go_on(self, now: float) -> None:
        """Take note that a tool is done: what the LLM makes of its result is another answer."""
        if self.awaited:
            self._begin(now)
            self.expect(now)

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
            self.expect(now, Stage.STT)

    @property
    def talking(self) -> bool:
        """Whether a voice of the caller's is on."""
        return self._talking_since < inf

    def sound(self, now: float, secs: float, *, answers: bool) -> None:
        """Take note that so much of ours is on its way to the caller."""
        self._sound_until = max(self._sound_until, now) + secs
        self._sounded |= answers
        self._starved &= not answers

    def interrupted(self, now: float) -> None:
        """Take note that nothing of ours will be played any more."""
        self._sound_until = min(self._sound_until, now)

    def complete(self) -> None:
        """Take note that an answer has been made to its end; one without a sound is none."""
        if self.awaited and self._sounded and not (self._broken or self._starved):
            self.failures = self._unheard = 0
            self.rest()

    def abandon(self) -> bool:
        """Take note that the caller doesn't wait any longer; whether they were asked to wait."""
        overdue = self.awaited and self._asked_to_wait
        self.failures += overdue
        self.rest()
        return overdue

    def understood(self) -> None:
        """Take note that what the STT was waited for has come, and asks for no answer."""
        if self.stage is Stage.STT:
            self._unheard = 0
            self.rest()

    def rest(self) -> None:
        """Expect nothing."""
        self._asked_at = inf

    def look(self, now: float) -> Due | None:
        """What is due now, if anything is; it is taken for done, but for the fallback."""
        if now < self.due_at:
            return None
        if self.stage is Stage.STT:
            return self._unheard_again()
        if now >= self._fallback_at:
            return Due.FALLBACK
        if self.stage is Stage.TOOL or not self._asked_to_wait:
            self._asked_to_wait = True
            self._asked_at = now - FILLER_SECS + AUDIBLE_SECS
            return Due.FILLER
        return self.failed()

    def try_again(self, *, however_late: bool = False) -> bool:
        """Whether what has just failed is to be tried once more; only once for an answer.

        Args:
            however_late: Even if it took so long that a fallback was looked for.
        """
        self._broken = True
        tried = self._tries > 0 or (self._alone and not however_late)
        self._tries += 1
        return self.awaited and not tried

    def pause(self, now: float, told: float, shortest: float) -> float | None:
        """How long to wait until somebody is asked again who has asked for patience.

        Args:
            now: The time.
            told: Seconds that they need.
            shortest: Seconds, the first time; twice as many at every other.

        Returns:
            Seconds; None if the caller would not hear an answer before they had to be told that
            there is none.
        """
        secs = max(told, shortest * 2 ** max(0, self._tries - 1))
        until = self._silent_since + FILLER_SECS
        if not self._asked_to_wait:
            until += AUDIBLE_SECS + FILLER_SECS
        return secs if self.awaited and now + secs + ANSWER_SECS <= until else None

    def wait_for_it(self) -> None:
        """Take note that nobody else can make the answer."""
        self._alone = True
        self._starved = self.stage is Stage.TTS

    def failed(self) -> Due:
        """Take note that there will be no answer."""
        self.failures += 1
        self.rest()
        return Due.APOLOGY if self.failures == 1 else Due.GIVE_UP

    @property
    def _silent_since(self) -> float:
        return max(self._asked_at, self._sound_until)

    @property
    def _fallback_at(self) -> float:
        """When somebody else is to make the answer; a tool's work nobody else can do."""
        if self.stage not in (Stage.LLM, Stage.TTS) or self._tries or self._alone:
            return inf
        return max(self._silent_since, self._begun_at) + FALLBACK_SECS

    def _begin(self, now: float) -> None:
        self._begun_at = now
        self._tries = 0
        self._sounded = self._alone = self._asked_to_wait = self._starved = False

    def _unheard_again(self) -> Due:
        self._unheard += 1
        self.rest()
        return Due.REPROMPT if self._unheard < MAX_UNHEARD else Due.GIVE_UP
