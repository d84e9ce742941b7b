"""Dates, in figures or with the name of a month."""

import re
from collections.abc import Callable

from shared.languages.normalization.locale import Date, Locale
from shared.languages.normalization.numerals import AFTER, BEFORE, DASH
from shared.languages.normalization.rules import Rule, one_of, rule

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_MONTHS = {name[:3]: number for number, name in enumerate(ENGLISH_MONTHS, 1)}
_SHORT = [*_MONTHS, "Sept"]
_MONTH = (
    rf"(?P<month>{one_of([*ENGLISH_MONTHS, *_SHORT])})(?![A-Za-z])"
    r"(?:(?<!May)\.(?=,?[ -]?[0-9a-z]))?"  # the stop of `Nov.`, not that of a sentence
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"

_ISO = rf"{BEFORE}{_YEAR}-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:T(?=[0-9])|{AFTER})"
_FIGURES = (
    rf"{BEFORE}(?P<day>[0-9]{{1,2}})(?P<gap>[/.-])(?P<month>[0-9]{{1,2}})(?P=gap)"
    rf"(?P<year>(?:19|20)[0-9]{{2}}|(?<=[/-])[0-9]{{2}}){AFTER}(?!(?P=gap)[0-9])"
)
_DAY_FIRST = (
    rf"{BEFORE}{_DAY}(?:{DASH}(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?)?(?:[ ]?of[ ]|[ /-]?)"
    rf"{_MONTH}(?:,?[ /-]{_YEAR}{AFTER}|[/-](?P<short>[0-9]{{2}}){AFTER})?"
)
_MONTH_FIRST = (
    rf"(?<![A-Za-z]){_MONTH}[ ]{_DAY}(?:{DASH}(?P<last>[0-9]{{1,2}})(?:th)?)?"
    rf"(?![0-9A-Za-z]|[,.:][0-9]|[ ]?(?:[ap]\.?m\b|[AP]M\b))(?:,?[ ]{_YEAR}{AFTER})?"
)
_MONTH_AND_YEAR = rf"(?<![A-Za-z])(?P<month>{one_of(_SHORT)})\.?[ -]{_YEAR}{AFTER}"


def date_rules(locale: Locale) -> list[Rule]:
    """Rules for `2026-11-20`, `12/11/2026`, `20th Nov 2026`, `20-22 November`, `Nov 20`."""

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
        return f"{locale.months[_month(found) - 1]} {locale.year(int(found['year']))}"

    return [
        say(_ISO, read_iso),
        say(_FIGURES, read_figures),
        say(_DAY_FIRST, lambda found: _named(found, month_first=False)),
        say(_MONTH_FIRST, lambda found: _named(found, month_first=True)),
        rule(_MONTH_AND_YEAR, say_month_and_year),
    ]


def _named(found: re.Match[str], month_first: bool) -> Date | None:
    day, last = int(found["day"]), int(found["last"]) if found["last"] else None
    year = int(found["year"]) if found["year"] else None
    if short := found.groupdict().get("short"):
        year = 2000 + int(short)
    if not 1 <= day <= 31 or last is not None and not day < last <= 31:
        return None
    return Date(day, _month(found), year, last, month_first)


def checked(day: str, month: str, year: str, locale: Locale) -> Date | None:
    """The date that figures make; None for what can't be one, such as 32/13/2026."""
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    century = 2000 if len(year) == 2 else 0
    return Date(int(day), int(month), century + int(year), month_first=locale.month_leads)


def _month(found: re.Match[str]) -> int:
    return _MONTHS[found["month"][:3]]
