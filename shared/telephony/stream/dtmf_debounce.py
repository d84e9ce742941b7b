"""DTMF debouncing: one press that Exotel reports twice counts once."""

from math import inf

from shared.clock import loop_time
from shared.telephony.stream.audio import seconds
from shared.telephony.stream.messages import Dtmf, Media, Message

# Shorter than any two presses: by ITU-T Q.24 a tone lasts 40 ms at least, and so does the pause
# behind it. A finger takes 120 ms and more.
SHORTEST_SECS = 0.08
RESENT_SECS = 1.0  # in which a message may come again; a number that comes later is a broken count


class Debounce:
    """Tells the second report of a press from a second press of the same key.

    It is the same press when the message comes again under its sequence number, while later numbers
    have come already; or when it comes sooner than anybody can press. Messages that were held up on
    their way arrive together, so the line's own time counts too: the sound that has come so far,
    and how long ago its latest piece was.

    Args:
        sample_rate: Hz, of the stream.
    """

    def __init__(self, sample_rate: int) -> None:
        self._rate = sample_rate
        self._number = -1  # the highest
        self._sound = 0.0  # seconds
        self._sound_at = loop_time()
        self._last: Dtmf | None = None
        self._told: dict[int, tuple[str, float]] = {}  # the latest keys, by the numbers they had
        self._last_at = self._last_in_sound = -inf  # seconds, of the loop's clock and of the line's

    def is_repeated(self, message: Message) -> bool:
        """Whether a message, the latest of all, tells a press that has been told already."""
        now = loop_time()
        number = getattr(message, "sequence_number", None)
        repeated = False
        match message:
            case Media(audio=audio):
                self._sound += seconds(len(audio), self._rate)
                self._sound_at = now
            case Dtmf():
                in_sound = self._sound + now - self._sound_at
                passed = max(now - self._last_at, in_sound - self._last_in_sound)
                repeated = self._came_again(message, now) or self._is_same(message, passed)
                self._last, self._last_at, self._last_in_sound = message, now, in_sound
        self._number = max(self._number, -1 if number is None else number)
        return repeated

    def _came_again(self, key: Dtmf, now: float) -> bool:
        """Whether it is a message that has come already, other keys between them or not."""
        number = key.sequence_number
        if number is None:
            return False
        if number > self._number:  # a number that is behind the others' is a broken count
            self._told = {n: told for n, told in self._told.items() if now - told[1] < RESENT_SECS}
            self._told[number] = key.digit, now
            return False
        digit, at = self._told.get(number, ("", -inf))
        return digit == key.digit and number < self._number and now - at < RESENT_SECS

    def _is_same(self, key: Dtmf, passed: float) -> bool:
        return self._last is not None and key.digit == self._last.digit and passed < SHORTEST_SECS
