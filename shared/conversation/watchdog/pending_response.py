"""One response that a caller waits for: how often it was tried, and when it is late.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from dataclasses import dataclass
from math import inf

from shared.bot.turn_settings import FILLER_SECS
from shared.conversation.watchdog.stages import Audio, Stage

FALLBACK_SECS = 2.0  # of silence, after which another provider is tried if there is one
AUDIBLE_SECS = 1.0  # for a prompt that is said then to be heard
ANSWER_SECS = 1.0  # for a response to be heard once the LLM is asked
RETRY_SECS = 0.3  # until the same provider is tried again


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """An attempt at a response that has failed.

    Attributes:
        no_answer: Whether the LLM had nothing to say: it needs no pause.
        has_fallback: Whether another provider has taken over.
        retry_after: Seconds after which the provider can be asked again, if it is only too busy.
    """

    no_answer: bool = False
    has_fallback: bool = False
    retry_after: float | None = None


class PendingResponse:
    """The waiting for one response, from the caller's last word to the bot's.

    Args:
        asked_at: Since when the caller waits.
        begun_at: Since when a provider works at it, who may have a fallback.

    Attributes:
        filler_said: Whether the caller has been asked to wait.
        audio: What the TTS has sent of it.
    """

    def __init__(self, asked_at: float, begun_at: float) -> None:
        self.filler_said = False
        self.audio = Audio.NONE
        self._asked_at = asked_at
        self._begun_at = begun_at
        self._retries = 0  # by the same provider or the fallback
        self._has_no_fallback = False  # as was found when one was looked for

    def follow_up(self, now: float) -> "PendingResponse":
        """The response to a tool's result, for which the same caller waits."""
        return PendingResponse(self._asked_at, now)

    def silent_since(self, sound_until: float) -> float:
        """Since when the caller hears nothing, if the bot's last sound ends then."""
        return max(self._asked_at, sound_until)

    def fallback_at(self, stage: Stage, sound_until: float) -> float:
        """When a fallback is to make it; a tool's work nobody else can do."""
        if stage not in (Stage.LLM, Stage.TTS) or self._retries or self._has_no_fallback:
            return inf
        return max(self.silent_since(sound_until), self._begun_at) + FALLBACK_SECS

    def late_at(self, sound_until: float) -> float:
        """When the caller must hear something."""
        return self.silent_since(sound_until) + FILLER_SECS

    def due_at(self, stage: Stage, sound_until: float) -> float:
        """When the silence becomes too long, as far as is known by now."""
        return min(self.late_at(sound_until), self.fallback_at(stage, sound_until))

    def caller_said_more(self, now: float) -> None:
        """The wait begins anew."""
        self._asked_at = max(self._asked_at, now)

    def filler_is_said(self, now: float) -> None:
        """The caller is asked to wait, and will hear it in a moment."""
        self.filler_said = True
        self._asked_at = now - FILLER_SECS + AUDIBLE_SECS

    def audio_sent(self) -> None:
        """The TTS has sent some of it, or more of it after all."""
        self.audio = Audio.FLOWING

    def found_no_fallback(self, stage: Stage) -> None:
        """No other provider can make it; a TTS that was being waited for has stalled."""
        self._has_no_fallback = True
        if stage is Stage.TTS:
            self.audio = Audio.STALLED

    def retry(self, *, however_late: bool) -> bool:
        """Count an attempt that failed; tells whether there is to be another.

        There is one for each response.

        Args:
            however_late: Even if it took so long that a fallback was looked for.
        """
        allowed = not self._retries and (however_late or not self._has_no_fallback)
        self._retries += 1
        return allowed

    def next_attempt(self, now: float, failed: FailedAttempt, sound_until: float) -> float | None:
        """Seconds until the response is made once more; None if it isn't."""
        busy = failed.retry_after is not None
        pause: float | None = None
        if self.retry(however_late=failed.no_answer or busy):
            pause = 0.0 if failed.has_fallback or failed.no_answer else RETRY_SECS
        if failed.retry_after is not None and pause != 0.0:
            pause = self.retry_pause(now, failed.retry_after, sound_until)
        return pause

    def retry_pause(self, now: float, retry_after: float, sound_until: float) -> float | None:
        """How long to wait until a provider is asked again that has limited its rate.

        Args:
            now: The time.
            retry_after: Seconds that it asked for, if it did; else each wait is twice the last.
            sound_until: When the bot's last sound ends.

        Returns:
            Seconds; None if the caller would not hear a response before they had to be told that
            there is none.
        """
        secs = max(retry_after, RETRY_SECS * 2 ** max(0, self._retries - 1))
        until = self.late_at(sound_until)
        if not self.filler_said:
            until += AUDIBLE_SECS + FILLER_SECS
        return secs if now + secs + ANSWER_SECS <= until else None
