"""Weekdays in short: `Mon–Sat`, `Tue & Thu`, `Sun: closed`."""

import re
from collections.abc import Sequence

from shared.languages.normalization.rules import Rule, rule

_ENGLISH = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
_ENGLISH += r"|sat(?:urday)?|sun(?:day)?"
_HINDI = "(?:सोम|मंगल|बुध|गुरु|शुक्र|शनि|रवि)(?:वार)?"
_FIRST_LETTERS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_FIRST_AKSHARAS = ("सो", "मं", "बु", "गु", "शु", "श", "र")

_SHORT = rf"(?:{_ENGLISH})(?![A-Za-z])\.?"
WEEKDAY = rf"(?:{_SHORT}|{_HINDI})"  # whatever the case

_EDGE = r"(?<![A-Za-z\u0900-\u097f.@/])"
_END = r"(?![A-Za-z\u0900-\u097f@]|\.[A-Za-z])"
_DASH = "[ ]?[-\u2010-\u2014][ ]?"
_AND = "[ ]?[,/&][ ]?|,?[ ](?:and|or|to|thru|through|till|se|aur|ya|से|और|या)[ ]"
_SEVERAL = (
    rf"{_EDGE}(?:(?=[A-Z])(?i:{_SHORT}(?:(?:{_DASH}|{_AND}){_SHORT})+)"
    rf"|(?i:{_SHORT}{_DASH}{_SHORT})"
    rf"|{_HINDI}(?:(?:{_DASH}|[ ]?[,/][ ]?|[ ]से[ ]){_HINDI})+){_END}"
)
_ONE = (
    rf"{_EDGE}(?=[A-Z])(?i:{_SHORT}){_END}"
    r"(?=,?[ ][0-9]|[ ]?:|[ ][-\u2013\u2014][ ]"
    r"|[ ](?:closed|off|holiday|only|morning|evening|open)\b)"
)
_EACH = re.compile(rf"(?i:{WEEKDAY})|{_DASH}|[ ]?/[ ]?")


def weekday_rules(names: Sequence[str], to: str) -> list[Rule]:
    """Rules for weekdays beside each other or beside a time: a `Sun` alone may be the sun.

    Args:
        names: Of the weekdays, from Monday.
        to: For the dash in `Mon–Sat`.
    """

    def say_part(found: re.Match[str]) -> str:
        written = found[0].strip()
        if written in "-\u2010\u2011\u2012\u2013\u2014":
            return f" {to} "
        return ", " if written == "/" else names[_number(written)]

    def say(found: re.Match[str]) -> str:
        rest = found.string[found.end() :]
        ends = found[0].endswith(".") and re.match(r"\s*$|\s+[A-Z]", rest)
        return _EACH.sub(say_part, found[0]) + ("." if ends else "")

    return [rule(_SEVERAL, say), rule(_ONE, say)]


def _number(written: str) -> int:
    """0 for Monday."""
    begins = written.lower()
    for number, pair in enumerate(zip(_FIRST_LETTERS, _FIRST_AKSHARAS, strict=True)):
        if begins.startswith(pair):
            return number
    return -1
