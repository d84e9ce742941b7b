"""The digits that answer one question: which keys count, and which come too late."""

from math import inf

from shared.bot.actions import Collect

LATE_SECS = 1.0  # after the last key, in which another one still belongs to it


class DigitCollection:
    """The keys of one `Collect`.

    People press hash after a number that was complete without it, or one digit too many. Such keys
    are neither a new wish nor for the LLM: they may be the end of a PIN.

    It knows no clock: all its times are seconds of whatever clock the user of it reads.

    Args:
        collect: What is asked for.
        before: The one that led to this one, if one did; what was typed ahead there counts here.

    Attributes:
        digits: The keys so far, without the one that ended them.
        complete: Whether there will be no more.
    """

    def __init__(self, collect: Collect, before: "DigitCollection | None" = None) -> None:
        self.digits = ""
        self.complete = False
        self._collect = collect
        self._before = before
        self._full = False  # so it was its length that ended it
        self._surplus = ""
        self._last = -inf
        for key in before._surplus if before else "":
            self.press(key, before._last if before else -inf)

    @property
    def length(self) -> int:
        """How many keys are asked for; 0 for any number."""
        return self._collect.length

    def press(self, key: str, now: float) -> bool:
        """Take a key.

        Returns:
            Whether it is a part of the answer, its end included.
        """
        if self.complete:
            return self._press_late(key, now)
        if self._before and not self.digits and self._before.is_late_terminator(key, now):
            return False
        self._last = now
        if key == self._collect.terminator:
            self.complete = True
        else:
            self.digits += key
            self.complete = self._full = len(self.digits) == self._collect.length
        return True

    def end(self, now: float) -> None:
        """End it: nothing came for too long."""
        self.complete = True
        self._last = now

    def is_late_terminator(self, key: str, now: float) -> bool:
        """Whether a key is only the end of what was complete without it."""
        return key == self._collect.terminator and now - self._last < LATE_SECS

    def is_trailing(self, key: str, now: float) -> bool:
        """Whether a key, after all has been decided, is only the rest of what was being typed."""
        late = self.is_late_terminator(key, now) or (self._full and now - self._last < LATE_SECS)
        if late:
            self._last = now
        return late

    def _press_late(self, key: str, now: float) -> bool:
        if not self.is_late_terminator(key, now):
            self._surplus += key
        self._last = now
        return False
