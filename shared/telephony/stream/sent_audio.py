"""The audio that was sent to Exotel: what has been played, and what is still to be."""

from shared.clock import loop_time
from shared.telephony.stream.audio import SAMPLE_WIDTH, seconds

KEPT_SECS = 3.0  # of what has been played


class SentAudio:
    """Follows what is sent to Exotel, which plays one piece after the other and nothing between.

    Attributes:
        ends_at: When all of it will have been played, by the loop's clock.
        sample_rate: Hz.
    """

    def __init__(self) -> None:
        self.ends_at = 0.0
        self.sample_rate = 0
        self._sound = b""  # up to `ends_at`

    def add(self, audio: bytes, sample_rate: int) -> None:
        """Add a piece that is sent."""
        now = loop_time()
        if sample_rate != self.sample_rate:
            self.sample_rate, self._sound = sample_rate, b""
        silence = min(max(now - self.ends_at, 0.0), KEPT_SECS)
        self.ends_at = max(self.ends_at, now) + seconds(len(audio), sample_rate)
        kept = self._size(self.ends_at - now + KEPT_SECS)
        self._sound = (self._sound + bytes(self._size(silence)) + audio)[-kept:]

    def cut(self) -> None:
        """Forget what hasn't been played: it will not be."""
        now = loop_time()
        if unplayed := self._size(self.ends_at - now):
            self._sound = self._sound[:-unplayed]
        self.ends_at = min(self.ends_at, now)

    def last(self, size: int) -> bytes:
        """The last bytes, played or not."""
        return self._sound[-size:]

    def played(self, secs: float, until: float) -> bytes:
        """The audio played in the seconds until a moment, with the silence in it and after it."""
        size = self._size(secs)
        ahead, behind = self._size(self.ends_at - until), self._size(until - self.ends_at)
        sound = self._sound[: max(len(self._sound) - ahead, 0)] + bytes(min(behind, size))
        return sound[-size:].rjust(size, b"\0")

    def _size(self, secs: float) -> int:
        """Bytes of so many seconds; none of less than nothing."""
        return max(round(secs * self.sample_rate), 0) * SAMPLE_WIDTH
