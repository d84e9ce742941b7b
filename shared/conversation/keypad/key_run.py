"""Keys with a meaning of their own, pressed so fast one after another that they are a number."""

from collections.abc import Container
from math import inf

RUN_SECS = 1.5  # from one key to the next
LEAST = 3  # different keys, all with a meaning, that nobody presses to have three wishes


class KeyRun:
    """Follows keys that are obeyed at once, for no key tells whether another one will follow.

    It knows no clock: all its times are seconds of whatever clock the user of it reads.

    Args:
        meanings: The keys that mean something by themselves.

    Attributes:
        keys: Of the run.
        last: When the latest was pressed.
    """

    def __init__(self, meanings: Container[str]) -> None:
        self.keys = ""
        self.last = -inf
        self._meanings = meanings

    def press(self, key: str, now: float) -> bool:
        """Take a key; tells whether it makes the run a number, of which all were a part."""
        self.keys = self.keys + key if now - self.last < RUN_SECS else key
        self.last = now
        return len(self.keys) > 1 and self.keys.isdecimal() and self._is_number()

    def reset(self) -> None:
        """Begin anew."""
        self.keys = ""

    def _is_number(self) -> bool:
        means_nothing = any(key not in self._meanings for key in self.keys)
        return means_nothing or (len(self.keys) >= LEAST and len(set(self.keys)) > 1)
