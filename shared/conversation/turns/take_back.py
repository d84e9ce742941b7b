"""A turn that is taken back: the caller goes on right after its end, which wasn't one."""

from math import inf

from pipecat.frames.frames import BotStartedSpeakingFrame, BotStoppedSpeakingFrame, Frame

from shared.clock import loop_time

TAKE_BACK_SECS = 2.5  # from the end of a turn; who speaks later answers what they have heard
HEARD_SECS = 1.2  # of the bot's answer, into which people still go on with what they were saying

WORDS_SECS = 1.5  # from the beginning of a voice until its words begin a turn, at most


class TakeBack:
    """The turn that ended last, for as long as the caller may go on with it.

    Attributes:
        text: The words of the turn that goes on; "" if this turn is a new one.
        unheard: Whether the caller has heard nothing of the answer to them.
    """

    def __init__(self) -> None:
        self.text = ""
        self.unheard = True
        self._ended = ""
        self._ended_at = -inf
        self._heard_at = inf  # when the answer was first heard

    def turn_ended(self, text: str) -> None:
        """Note the words of a turn that is over; "" for what nobody goes on with, such as keys."""
        self._ended, self._ended_at, self._heard_at = text, loop_time(), inf

    def turn_started(self, voice_at: float) -> None:
        """Decide whether the turn that begins goes on with the one before.

        Args:
            voice_at: When its voice was first heard, by the loop's clock.
        """
        voice_at = max(voice_at, loop_time() - WORDS_SECS)  # an older one isn't of these words
        self.unheard = voice_at < self._heard_at
        soon = voice_at - self._ended_at <= TAKE_BACK_SECS
        self.text = self._ended if soon and voice_at - self._heard_at <= HEARD_SECS else ""

    def follow(self, frame: Frame) -> None:
        """Follow the bot's voice; who has heard all that it had to say answers to it."""
        match frame:
            case BotStartedSpeakingFrame():
                self._heard_at = min(self._heard_at, loop_time())
            case BotStoppedSpeakingFrame():
                self._ended = ""
