"""The level of the caller's voice, beside which a fainter one is somebody else's.

A TV, a child or the next desk goes on when the caller has finished, and Silero hears voices there:
the turn would never end.
"""

from collections import deque
from itertools import takewhile

WINDOW_SECS = 0.032  # of the voice detector

# What is that much fainter than the caller's voice is none of theirs, unless it is shorter, as the
# weak ends of words are. Of 245 utterances, 46 with a TV, babble or another voice 15 to 22 dB
# below, 9 in 100 were found to be over more than 0.5 s late, and by this 3 are.
ENDING = 10 ** (-11 / 10)  # of the power
ENDING_WINDOWS = 8
# A voice that begins does so softly; one that begins later than this may be the caller's, who is to
# be heard at once when they interrupt.
BEGINNING = 10 ** (-12 / 10)
BEGINNING_WINDOWS = 3
AFTER_WINDOWS = 62  # two seconds since the caller's own voice

NEAR = 10 ** (-6 / 10)  # of the power: what is fainter tells nothing of how loud they speak
QUICKNESS = 0.1  # of a window: a level of half a second
FORGETTING = 10 ** (-1 * WINDOW_SECS / 10)  # in each window: 1 dB a second, for whoever moves away


class CallerLevel:
    """The power of the caller's voice in this call, as it is by now."""

    def __init__(self) -> None:
        self._level = 0.0
        self._windows: deque[float] = deque(maxlen=ENDING_WINDOWS)
        self._since = 0  # windows without the caller's voice

    def hear(self, power: float, *, voiced: bool) -> None:
        """Take in a window of the line.

        Args:
            power: Mean square of its samples.
            voiced: Whether there is a voice in it.
        """
        self._windows.append(power)
        if voiced and power > self._level * NEAR:
            self._level += QUICKNESS * (power - self._level)
            self._since = 0
        elif voiced and self._since > AFTER_WINDOWS:  # softer than before: they have moved
            self._level, self._since = power, 0
        else:
            self._level *= FORGETTING
            self._since += 1

    def is_background(self, *, talking: bool) -> bool:
        """Whether the voice that is heard by now isn't the caller's.

        Args:
            talking: Whether the caller has been found to talk; else a voice begins.
        """
        if talking:
            return self._is_fainter(ENDING, ENDING_WINDOWS)
        return self._since <= AFTER_WINDOWS and self._is_fainter(BEGINNING, BEGINNING_WINDOWS)

    @property
    def faint_secs(self) -> float:
        """Seconds for which the line has been fainter than the caller's voice."""
        windows = reversed(self._windows)
        return WINDOW_SECS * sum(
            1 for _ in takewhile(lambda power: power < self._level * ENDING, windows)
        )

    def _is_fainter(self, share: float, count: int) -> bool:
        windows = list(self._windows)[-count:]
        return len(windows) == count and sum(windows) < self._level * share * count
