"""Dates, in figures or with the name of a month."""

import re
from collections.abc import Callable

from shared.languages.normalization.locale import Date, Locale
from shared.languages.normalization.numerals import AFTER, BEFORE, DASH
from shared.languages.normalization.rules import Rule, one_of, rule
from shared.languages.normalization.written_words import WrittenWords

_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"

_ISO = rf"{BEFORE}{_YEAR}-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:T(?=[0-9])|{AFTER})"
_FIGURES = (
    rf"{BEFORE}(?P<day>[0-9]{{1,2}})(?P<gap>[/.-])(?P<month>[0-9]{{1,2}})(?P=gap)"
    rf"(?P<year>(?:19|20)[0-9]{{2}}|(?<=[/-])[0-9]{{2}}){AFTER}(?!(?P=gap)[0-9])"
)


class _Months:
    """The months as they are written.

    Attributes:
        day_first: A day and its month behind it.
        month_first: A month and its day behind it.
        with_year: A month's short name and a year.
    """

    def __init__(self, written: WrittenWords) -> None:
        names = list(enumerate(written.months))  # twelve of each language
        self._numbers = {name: place % 12 + 1 for place, month in names for name in month}
        short = [name for _, month in names for name in month[1:]]
        never_short = "".join(
            rf"(?<!{re.escape(month[0])})" for _, month in names if month[0] in month[1:]
        )
        month = (
            rf"(?P<month>{one_of(self._numbers)})(?![A-Za-z])"
            # The stop of `Nov.`, not that of a sentence.
            rf"(?:{never_short}\.(?=,?[ -]?[0-9a-z]))?"
        )
        self.day_first = (
            rf"{BEFORE}{_DAY}(?:{DASH}(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?)?(?:[ ]?of[ ]|[ /-]?)"
            rf"{month}(?:,?[ /-]{_YEAR}{AFTER}|[/-](?P<short>[0-9]{{2}}){AFTER})?"
        )
        self.month_first = (
            rf"(?<![A-Za-z]){month}[ ]{_DAY}(?:{DASH}(?P<last>[0-9]{{1,2}})(?:th)?)?"
            rf"(?![0-9A-Za-z]|[,.:][0-9]|[ ]?(?:[ap]\.?m\b|[AP]M\b))(?:,?[ ]{_YEAR}{AFTER})?"
        )
        self.with_year = rf"(?<![A-Za-z])(?P<month>{one_of(short)})\.?[ -]{_YEAR}{AFTER}"

    def number(self, found: re.Match[str]) -> int:
        """1 for January."""
        return self._numbers[found["month"]]


def date_rules(locale: Locale) -> list[Rule]:
    """Rules for `2026-11-20`, `12/11/2026`, `20th Nov 2026`, `20-22 November`, `Nov 20`."""
    months = _Months(locale.written)

    def say(pattern: str, read: Callable[[re.Match[str]], Date | None]) -> Rule:
        def say_date(found: re.Match[str]) -> str:
            date = read(found)
            if date is None:
                return found[0]
            return locale.date(date) + (" " if found[0].endswith("T") else "")

        return rule(pattern, say_date)

    def read_iso(found: re.Match[str]) -> Date | None:
        return checked(found["day"], found["month"], found["year"], locale)

    def read_figures(found: re.Match[str]) -> Date | None:
        day, month, year = found["day"], found["month"], found["year"]
        if locale.month_leads:
            day, month = month, day
        return checked(day, month, year, locale) or checked(month, day, year, locale)

    def say_month_and_year(found: re.Match[str]) -> str:
        return f"{locale.months[months.number(found) - 1]} {locale.year(int(found['year']))}"

    return [
        say(_ISO, read_iso),
        say(_FIGURES, read_figures),
        say(months.day_first, lambda found: _named(found, months, month_first=False)),
        say(months.month_first, lambda found: _named(found, months, month_first=True)),
        rule(months.with_year, say_month_and_year),
    ]


def _named(found: re.Match[str], months: _Months, *, month_first: bool) -> Date | None:
    day, last = int(found["day"]), int(found["last"]) if found["last"] else None
    year = int(found["year"]) if found["year"] else None
    if short := found.groupdict().get("short"):
        year = 2000 + int(short)
    if not 1 <= day <= 31 or last is not None and not day < last <= 31:
        return None
    return Date(day, months.number(found), year, last, month_first)


def checked(day: str, month: str, year: str, locale: Locale) -> Date | None:
    """The date that figures make; None for what can't be one, such as 32/13/2026."""
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    century = 2000 if len(year) == 2 else 0
    return Date(int(day), int(month), century + int(year), month_first=locale.month_leads)
