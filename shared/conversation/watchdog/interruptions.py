"""The interruptions that come by: the caller's, and those of the watchdog's own.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from math import inf

SAME_TURN_SECS = 0.2  # between the beginning of a turn and its interruption of the bot


class Interruptions:
    """Tells whose interruption comes by; the frames themselves are all alike."""

    def __init__(self) -> None:
        self._own = 0  # sent, and not come by so far
        self._turn_began = -inf

    def send(self) -> None:
        """Expect one of the watchdog's own."""
        self._own += 1

    def turn_started(self, now: float) -> None:
        """Expect the one that a turn of the caller's makes."""
        self._turn_began = now

    def by_caller(self, now: float, *, talking: bool) -> bool:
        """Whether the caller makes the one that comes by, and so waits no longer.

        Words that come late begin a turn too, behind the voice they are of; whoever said them
        still waits.

        Args:
            now: The time.
            talking: Whether the caller's voice is heard.
        """
        if self._own:
            self._own -= 1
            return False
        return talking or now - self._turn_began >= SAME_TURN_SECS
