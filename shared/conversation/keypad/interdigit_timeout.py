"""A number that a caller types for the LLM: its keys, and the pause after which no more will come.

What telephony calls the interdigit timeout follows here from what was asked, and from how fast this
caller types. It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from statistics import median

from shared.languages.requested_digits import ExpectedKeys

TERMINATOR = "#"  # ends any number at once
WHOLE_SECS = 1.0  # after as many digits as were asked for, or a key of a menu
MENU_SECS = 1.5  # after a key of a menu that came with a question for a number
MISSING_SECS = 7.0  # while digits are missing; less than the 8 s after which a silence is broken
UNKNOWN_SECS = 4.5  # when a number was asked for and nobody knows how long it is
FIRST_SECS = 2.0  # after the first key of a number that nobody asked for,
QUICKEST_SECS = 1.5  # at least, after the others
COMPLETE_SECS = 2.5  # at least, after digits that may be all of an answer
SLOWEST_SECS = 4.0  # at most, after either
SLOWER = 2.5  # times the usual pause between this caller's keys: they have finished
LONGER = 1.3  # times the longest one so far, likewise
SURPLUS = 1.3  # times the usual one: a digit too many, or a hash, would have come by then
LONG = 5  # digits, from which a number is read off something, and may be read off in parts


class TypedNumber:
    """The keys that belong together.

    Args:
        expected: What was asked for; None if no number was.
        offered: The keys of a menu that the bot has just read out.

    Attributes:
        keys: So far, hash included.
        last: When the latest key came.
    """

    def __init__(
        self, expected: ExpectedKeys | None = None, offered: frozenset[str] = frozenset()
    ) -> None:
        self.keys = ""
        self.last = 0.0
        self._expected = expected
        self._offered = offered
        self._gaps: list[float] = []  # between the keys

    def press(self, key: str, now: float) -> None:
        """Take a key."""
        if self.keys:
            self._gaps.append(now - self.last)
        self.keys += key
        self.last = now

    @property
    def ended(self) -> bool:
        """Whether hash has ended it."""
        return self.keys.endswith(TERMINATOR)

    @property
    def pause(self) -> float:
        """Seconds without a key, after the latest, that end it."""
        if self.ended:
            return 0.0
        if self.keys in self._offered:
            return MENU_SECS if self._expected else WHOLE_SECS
        if self._expected:
            return self._asked_pause(self._expected)
        return FIRST_SECS if len(self.keys) == 1 else self._paced(QUICKEST_SECS)

    @property
    def whole(self) -> bool:
        """Whether no more digits can belong to it."""
        lengths = self._expected.lengths_of(self.keys) if self._expected else ()
        return self.ended or len(self.keys) == max(lengths, default=0)

    @property
    def is_menu_key(self) -> bool:
        """Whether it is one key that may have a meaning, though a number was asked for."""
        by_itself = self.keys in self._offered or not (self._expected and self._expected.typed)
        return len(self.keys) == 1 and by_itself

    def _asked_pause(self, expected: ExpectedKeys) -> float:
        digits, lengths = len(self.keys), expected.lengths_of(self.keys)
        if self.whole:
            return min(max(WHOLE_SECS, SURPLUS * self._usual_gap), COMPLETE_SECS)
        if not lengths and expected.by_hash:
            return MISSING_SECS
        if digits in lengths or digits > max(lengths, default=0):
            may_go_on = digits >= LONG or not lengths
            return UNKNOWN_SECS if may_go_on else self._paced(COMPLETE_SECS)
        # Where it was only asked what the number is, a single key is rather none of it.
        return MISSING_SECS if digits > 1 or expected.typed else UNKNOWN_SECS

    def _paced(self, least: float) -> float:
        longest = max(self._gaps, default=0.0)
        return min(max(least, SLOWER * self._usual_gap, LONGER * longest), SLOWEST_SECS)

    @property
    def _usual_gap(self) -> float:
        return median(self._gaps) if self._gaps else 0.0
