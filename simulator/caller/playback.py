"""Exotel's playback buffer: it plays to the caller in 20 ms steps and knows what was played."""

from collections import deque
from dataclasses import dataclass

from simulator.caller.audio import FRAME_SECS, frame_bytes, seconds
from simulator.stream.profiles import Profile

PACKET = 320  # bytes; Exotel cuts messages into packets of this size, each with its own slot
SHORTEST_GAP = FRAME_SECS  # one missed frame is within the jitter of any telephone line
LONGEST_GAP = 1.0  # seconds; after more than that the bot has begun to say something else
LATE = 2.0  # seconds after a `clear` at which the marks it overtook come back, if late


@dataclass(frozen=True, slots=True)
class Gap:
    """An underrun the caller heard: `seconds` of silence in what the bot was saying."""

    at: float
    seconds: float


class Playback:
    """Plays what the bot sends, one frame per `tick`, and collects what the caller heard.

    A gap is counted when the buffer runs dry, is refilled within a second, and neither a
    `clear` nor anything the caller said lies between. One missed frame (20 ms) is none.
    """

    def __init__(self, rate: int, profile: Profile) -> None:
        self.gaps: list[Gap] = []
        self.deepest = 0.0  # seconds
        self.misaligned = 0  # messages
        self._rate = rate
        self._profile = profile
        self._frame_bytes = frame_bytes(rate)
        self._silence = bytes(self._frame_bytes)
        self._frames: list[bytes] = []
        self._buffer = bytearray()
        self._taken = 0  # bytes that have left the buffer
        self._in_flight = False
        self._missing: int | None = None  # bytes of silence since the buffer ran dry
        self._marks: deque[tuple[int, str]] = deque()  # how much is to be taken first
        self._owed: list[tuple[float, str]] = []  # when to echo

    @property
    def at(self) -> float:
        """Seconds of the call played so far: when the next frame begins."""
        return len(self._frames) * FRAME_SECS

    @property
    def heard(self) -> bytes:
        """Everything the caller heard, silence included."""
        return b"".join(self._frames)

    @property
    def buffered(self) -> float:
        """Seconds of sound that wait to be played."""
        return seconds(len(self._buffer), self._rate)

    def add(self, pcm: bytes) -> None:
        """Queue a message; a last packet that is short still takes a whole packet's time."""
        self._buffer += pcm
        if rest := len(pcm) % PACKET:
            self.misaligned += 1
            self._buffer += bytes(PACKET - rest)
        self.deepest = max(self.deepest, self.buffered)

    def mark(self, name: str) -> None:
        """Queue a mark behind the sound so far."""
        self._marks.append((self._taken + len(self._buffer), name))

    def clear(self) -> float:
        """Drop what is not being played yet; return how many seconds that was."""
        dropped = self.buffered
        self._buffer.clear()
        self._missing = None
        overtaken = [name for _, name in self._marks]
        self._marks.clear()
        match self._profile.marks_on_clear:
            case "returned":
                self._marks.extend((self._taken, name) for name in overtaken)
            case "late":
                self._owed += [(self.at + LATE, name) for name in overtaken]
        return dropped

    def begin_answer(self) -> None:
        """Note that what comes next answers the caller; silence before it is no gap."""
        self._missing = None

    def due(self) -> list[str]:
        """Take the marks whose sound has been played by now."""
        if not self._in_flight:
            self._collect()
        if not self._owed:
            return []
        now = [name for at, name in self._owed if at <= self.at]
        self._owed = [(at, name) for at, name in self._owed if at > self.at]
        return now

    def tick(self) -> bytes:
        """Play the next 20 ms; return the sound in it, empty if there was none."""
        self._collect()
        frame = bytes(self._buffer[: self._frame_bytes])
        del self._buffer[: len(frame)]
        self._taken += len(frame)
        self._in_flight = bool(frame)
        self._count_gap(len(frame))
        self._frames.append(frame + self._silence[len(frame) :])
        return frame

    def _collect(self) -> None:
        delay = self._profile.mark_delay
        while self._marks and self._marks[0][0] <= self._taken:
            _, name = self._marks.popleft()
            if delay is not None:
                self._owed.append((self.at + delay, name))

    def _count_gap(self, size: int) -> None:
        if not size:
            if self._missing is not None:
                self._missing += self._frame_bytes
            return
        missing = seconds(self._missing or 0, self._rate)
        if SHORTEST_GAP < missing < LONGEST_GAP:
            self.gaps.append(Gap(round(self.at - missing, 4), round(missing, 4)))
        self._missing = self._frame_bytes - size
