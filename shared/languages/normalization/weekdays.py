"""Weekdays in short: `Mon–Sat`, `Tue & Thu`, `Sun: closed`."""

import re
from collections.abc import Sequence

from shared.languages.normalization.rules import Rule, rule
from shared.languages.normalization.written_words import WrittenWords, any_of

_EDGE = r"(?<![A-Za-z\u0900-\u097f.@/])"
_END = r"(?![A-Za-z\u0900-\u097f@]|\.[A-Za-z])"
_DASH = "[ ]?[-\u2010-\u2014][ ]?"


class Weekdays:
    """The weekdays as they are written: in Latin letters in short or in full, with a capital."""

    def __init__(self, written: WrittenWords) -> None:
        self._days = written.weekdays
        self._short = rf"(?:{any_of(filter(str.isascii, self._days))})(?![A-Za-z])\.?"
        self._other = rf"(?:{any_of(day for day in self._days if not day.isascii())})"
        self._written = written

    @property
    def pattern(self) -> str:
        """A regular expression for any of them, to be used whatever the case."""
        return rf"(?:{self._short}|{self._other})"

    @property
    def several(self) -> str:
        """Weekdays beside each other."""
        words = self._written
        joints = any_of(words.and_, words.or_, words.to, words.through)
        joint = rf"[ ]?[,/&][ ]?|,?[ ](?:{joints})[ ]"
        to = any_of(word for word in words.to if not word.isascii())
        short, other = self._short, self._other
        return (
            rf"{_EDGE}(?:(?=[A-Z])(?i:{short}(?:(?:{_DASH}|{joint}){short})+)"
            rf"|(?i:{short}{_DASH}{short})"
            rf"|{other}(?:(?:{_DASH}|[ ]?[,/][ ]?|[ ](?:{to})[ ]){other})+){_END}"
        )

    @property
    def one(self) -> str:
        """A weekday beside a time, or beside what is said of a day."""
        return (
            rf"{_EDGE}(?=[A-Z])(?i:{self._short}){_END}"
            r"(?=,?[ ][0-9]|[ ]?:|[ ][-\u2013\u2014][ ]"
            rf"|[ ](?:{any_of(self._written.weekday_alone)})\b)"
        )

    def number(self, written: str) -> int:
        """0 for Monday."""
        bare = written.removesuffix(".")
        places = (
            place
            for place, day in enumerate(self._days)  # seven of each language
            if re.fullmatch(day, bare, re.IGNORECASE)
        )
        return next(places) % 7


def weekday_rules(names: Sequence[str], to: str, written: WrittenWords) -> list[Rule]:
    """Rules for weekdays beside each other or beside a time: a `Sun` alone may be the sun.

    Args:
        names: Of the weekdays, from Monday.
        to: For the dash in `Mon–Sat`.
        written: Among them the weekdays.
    """
    days = Weekdays(written)
    each = re.compile(rf"(?i:{days.pattern})|{_DASH}|[ ]?/[ ]?")

    def say_part(found: re.Match[str]) -> str:
        mark = found[0].strip()
        if mark in "-\u2010\u2011\u2012\u2013\u2014":
            return f" {to} "
        return ", " if mark == "/" else names[days.number(mark)]

    def say(found: re.Match[str]) -> str:
        rest = found.string[found.end() :]
        ends = found[0].endswith(".") and re.match(r"\s*$|\s+[A-Z]", rest)
        return each.sub(say_part, found[0]) + ("." if ends else "")

    return [rule(days.several, say), rule(days.one, say)]
