"""The time in which a machine may turn out to have answered, and how long they have talked."""

from math import inf

from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    Frame,
    InterruptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)

WINDOW_SECS = 15.0  # from the answer, in which a machine would have said that it is one
HELD_SECS = 60.0  # from a call screen, after which a mailbox may come as well as the person
PAUSE_SECS = 1.0  # what is shorter doesn't part one stretch of speech from the next


class AnswerWindow:
    """Follows a conversation's beginning; all its times are seconds of the user's clock."""

    def __init__(self) -> None:
        self._until = -inf
        self._began = inf  # the latest stretch of speech
        self._paused = -inf  # inf while it goes on
        self._interrupted = False
        self._held = False

    def open(self, now: float) -> None:
        """Take note of the answer."""
        self._until = now + WINDOW_SECS

    def hold_open(self, now: float) -> None:
        """Take note of a call screen, or an operator: somebody else may speak after the bot."""
        self._until = now + HELD_SECS
        self._held = True

    def is_open(self, now: float) -> bool:
        """Whether what is heard may still be a machine's."""
        return now < self._until

    def talked(self, now: float) -> float:
        """How long the stretch of speech has lasted that goes on, or has just paused; in seconds.

        A stretch is short pauses and all.
        """
        end = min(now, self._paused)
        return max(0.0, end - self._began) if now - end < PAUSE_SECS else 0.0

    def quiet(self, now: float) -> float:
        """How long no voice has been heard; 0 while one is, inf if none ever was."""
        return max(0.0, now - self._paused)

    def follow(self, frame: Frame, now: float) -> None:
        """Take note of a frame."""
        match frame:
            case VADUserStartedSpeakingFrame():
                if now - self._paused > PAUSE_SECS:
                    self._began = now
                self._paused = inf
            case VADUserStoppedSpeakingFrame():
                self._paused = now
            case BotStartedSpeakingFrame():
                self._interrupted = False
            case InterruptionFrame():
                self._interrupted = True
            case BotStoppedSpeakingFrame() if not (self._interrupted or self._held):
                self._until = -inf  # who has heard the bot out answers it
