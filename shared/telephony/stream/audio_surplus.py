"""The surplus of incoming audio: seconds of sound ahead of the time that has passed."""

from shared.clock import loop_time
from shared.telephony.stream.audio import SAMPLE_WIDTH

# What a stall of the line has held up comes at once, in messages of 6 s at most. A line that is
# dead for ten is hung up, so no call was ever so far ahead.
MOST_SECS = 60.0


class Surplus:
    """The audio of one call that came before it can have been spoken.

    Args:
        sample_rate: Hz.
    """

    def __init__(self, sample_rate: int) -> None:
        self._bytes_per_second = sample_rate * SAMPLE_WIDTH
        self._secs = 0.0
        self._at = 0.0

    def is_too_much(self, audio: bytes) -> bool:
        """Whether with this sound there is more than a stall can explain."""
        now = loop_time()
        self._secs = max(0.0, self._secs - (now - self._at)) + len(audio) / self._bytes_per_second
        self._at = now
        return self._secs > MOST_SECS
