"""The caller's voice: whether it is heard, and whether it was an utterance.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from math import inf

WORTH_SECS = 0.4  # of voice that is an utterance; what is shorter may be a cough


class CallerVoice:
    """The voice as the voice detector reports it."""

    def __init__(self) -> None:
        self._since = inf

    @property
    def is_heard(self) -> bool:
        """Whether the caller talks."""
        return self._since < inf

    def start(self, now: float) -> None:
        """It is heard."""
        self._since = now

    def stop(self, now: float) -> bool:
        """It is over; tells whether it was an utterance."""
        secs, self._since = now - self._since, inf
        return secs >= WORTH_SECS
