"""The caller's pace: how long they pause inside their turns, measured in this call."""

from collections import deque

SHORTEST_SECS = 0.3  # what is shorter is between two words, not between two parts of a turn
LONGEST_SECS = 3.0  # whoever came back after more was rather asked again
REMEMBERED = 8  # pauses; people read an address more slowly than they say yes

# How much longer than their pauses of late a caller is waited for.
MARGIN = 1.25


class CallerPace:
    """The pauses after which the caller went on, the latest of them."""

    def __init__(self) -> None:
        self._pauses: deque[float] = deque(maxlen=REMEMBERED)

    def went_on_after(self, secs: float) -> None:
        """Take note of so many seconds of silence inside a turn."""
        if SHORTEST_SECS <= secs <= LONGEST_SECS:
            self._pauses.append(secs)

    def stretched(self, secs: float, most: float) -> float:
        """The patience with this caller: `secs` or more, and never more than `most`."""
        longest = max(self._pauses, default=0.0)
        return max(secs, min(MARGIN * longest, most))
