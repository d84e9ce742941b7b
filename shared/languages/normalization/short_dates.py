"""Dates without a year: `12/11` looks like a fraction, and what stands around it decides."""

import re
from collections.abc import Sequence
from dataclasses import replace

from shared.languages.normalization.dates import checked
from shared.languages.normalization.locale import Date, Locale
from shared.languages.normalization.numerals import AFTER, BEFORE
from shared.languages.normalization.rules import Rule, left_of, rule
from shared.languages.normalization.weekdays import Weekdays
from shared.languages.normalization.written_words import WrittenWords, any_of

_FIGURES = r"[0-9]{1,2}/[0-9]{1,2}"
_DASH = r"[ ]?[-\u2013\u2014][ ]?"
_PARTS = re.compile(rf"(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})|(?P<dash>{_DASH})")


class _Around:
    """What stands around figures such as 12/11, and tells whether they are a day."""

    def __init__(self, written: WrittenWords) -> None:
        weekday = Weekdays(written).pattern
        before = rf"(?:{any_of(written.dated)}|{weekday})(?: (?:{any_of(written.dated_then)}))?"
        time = r"[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\.?m"
        number = (
            rf"(?:{any_of(written.numbered)})(?: (?:{any_of(written.numbered_then)}))?[.:#]*[ ]*"
        )
        edge = r"(?![a-z\u0900-\u097f])"
        # Behind or before these it is always a day, ...
        self._on = re.compile(rf"(?i:\b{before}[ ,:]*)$")
        self._then = re.compile(rf"(?i:,?[ ](?:{any_of(written.dates)}|{time}){edge})")
        # ... with these if it can't well be a part, such as 2/3, ...
        self._from = re.compile(rf"(?i:\b(?:{any_of(written.perhaps_dated)})[ ]*)$")
        self._of = re.compile(rf"(?i:[ ](?:{any_of(written.perhaps_dates)}){edge})")
        # ... and with these never.
        self._number = re.compile(rf"(?i:\b{number})$")
        self._measured = re.compile(
            rf"(?i:[ ]?(?:{any_of(written.measured)})\b|[\"\u2033])"
            rf"|[ ](?:[A-Z][\w.]*[ ]){{1,3}}(?:{any_of(written.streets)})\b"
        )

    def are_dates(self, found: re.Match[str], figures: Sequence[re.Match[str]]) -> bool:
        """Whether these are days; what stands around the first and the last tells of all."""
        before, after = left_of(found), found.string[found.end() :]
        round_the_clock = found[0] == "24/7"
        if round_the_clock or self._number.search(before) or self._measured.match(after):
            return False
        if self._on.search(before) or self._then.match(after):
            return True
        first, last = figures[0], figures[-1]
        if self._from.search(before) and not _is_part(first):
            return True
        if self._of.match(after) and not _is_part(last):
            return True
        return any(
            int(each["day"]) > int(each["month"]) or "0" in (each[0][0], each["month"][0])
            for each in figures
        )


def short_date_rules(locale: Locale) -> list[Rule]:
    """The rule for `12/11` and `12/11 to 15/11`; before `1/2` is taken for a half."""
    around, written = _Around(locale.written), locale.written
    joints = any_of(written.to, written.until, written.and_, written.or_)
    to = rf"(?:{_DASH}|,[ ]|,?[ ](?:{joints})[ ])"

    def say_part(part: re.Match[str]) -> str:
        date = None if part["dash"] else _date(part, locale)
        return locale.date(date) if date else f" {locale.to} "

    def say(found: re.Match[str]) -> str:
        figures = [part for part in _PARTS.finditer(found[0]) if not part["dash"]]
        possible = all(_date(part, locale) for part in figures)
        if not (possible and around.are_dates(found, figures)):
            return found[0]
        return _PARTS.sub(say_part, found[0])

    return [rule(rf"{BEFORE}(?<![/-]){_FIGURES}(?:{to}{_FIGURES})*{AFTER}(?![/%])", say)]


def _date(part: re.Match[str], locale: Locale) -> Date | None:
    day, month = part["day"], part["month"]
    if locale.month_leads:
        day, month = month, day
    date = checked(day, month, "00", locale) or checked(month, day, "00", locale)
    return replace(date, year=None) if date else None


def _is_part(figures: re.Match[str]) -> bool:
    return int(figures["day"]) < int(figures["month"]) <= 5
