"""Rules by which English is spoken, India's in particular."""

from functools import lru_cache
from types import MappingProxyType

from num2words import num2words  # type: ignore[import-untyped]

from shared.languages.english.shorthand import shorthand_rules, symbol_rules
from shared.languages.english.vocabulary import (
    COUNTED,
    CURRENCIES,
    DIGITS,
    FORMULA,
    MONTHS,
    NAMING,
    SCALES,
    UNITS,
    WEB,
    WEEKDAYS,
    ZEROS,
)
from shared.languages.normalization.codes import code_rules, mask_rules, plate_rules
from shared.languages.normalization.dates import date_rules
from shared.languages.normalization.formulas import formula_rules
from shared.languages.normalization.locale import Clock, Date, Locale
from shared.languages.normalization.money import money_rules
from shared.languages.normalization.numerals import BEFORE
from shared.languages.normalization.phones import phone_rules
from shared.languages.normalization.quantities import quantity_rules
from shared.languages.normalization.rules import Rule, rule
from shared.languages.normalization.short_dates import short_date_rules
from shared.languages.normalization.times import time_rules
from shared.languages.normalization.web import web_rules
from shared.languages.normalization.weekdays import weekday_rules
from shared.languages.normalization.written_words import WrittenWords

_NEVER = "(?!)"  # a regular expression that finds nothing


def english_rules(region: str, written: WrittenWords) -> list[Rule]:
    """Every rule for English, in their order, as spoken in `IN` or "", `US`, `GB` and so on."""
    locale = _locale(region or "IN", written)
    return [
        *formula_rules(FORMULA),
        *web_rules(locale),
        *plate_rules(DIGITS, written),
        *mask_rules(DIGITS, "ending in ", written),
        *weekday_rules(WEEKDAYS, "to", written),
        *short_date_rules(locale),
        *shorthand_rules(),
        *date_rules(locale),
        *time_rules(locale),
        *money_rules(locale),
        *phone_rules(DIGITS, "plus "),
        *code_rules(locale),
        rule(rf"{BEFORE}([0-9]{{1,6}})(?:st|nd|rd|th)(?![A-Za-z])", lambda m: _ordinal(int(m[1]))),
        *quantity_rules(locale),
        *symbol_rules(),
    ]


def _locale(region: str, written: WrittenWords) -> Locale:
    return Locale(
        cardinal=_indian if region == "IN" else _western,
        year=_year,
        halves=lambda _: "",
        months=MONTHS,
        month_leads=region == "US",
        date=_date,
        clock=_clock,
        span=_span,
        digits=DIGITS,
        point="point",
        minus="minus",
        plus="plus",
        to="to",
        by="by" if region == "IN" else "over",
        percent="percent",
        per="per",
        and_parts=" and ",
        scales=MappingProxyType(SCALES),
        zeros=MappingProxyType(ZEROS),
        currencies=MappingProxyType(CURRENCIES),
        units=MappingProxyType(UNITS),
        part_of_day=_NEVER,
        oclock="hrs|hours|o'clock",
        naming=NAMING,
        counted=COUNTED,
        web=MappingProxyType(WEB),
        written=written,
    )


@lru_cache(maxsize=1024)
def _indian(number: int) -> str:
    return _without_commas(num2words(number, lang="en_IN"))


@lru_cache(maxsize=1024)
def _western(number: int) -> str:
    return _without_commas(num2words(number, lang="en"))


@lru_cache(maxsize=1024)
def _year(number: int) -> str:
    return _without_commas(num2words(number, lang="en", to="year"))


@lru_cache(maxsize=1024)
def _ordinal(number: int) -> str:
    return _without_commas(num2words(number, lang="en_IN", to="ordinal"))


def _without_commas(words: str) -> str:
    """TTSs pause at them."""
    return words.replace(",", "")


def _date(date: Date) -> str:
    days = _ordinal(date.day)
    if date.last_day:
        days = f"{days} to {_ordinal(date.last_day)}"
    month = MONTHS[date.month - 1]
    words = f"{month} {days}" if date.month_first else f"{days} {month}"
    if date.year is None:
        return words
    return f"{words}{',' if date.month_first else ''} {_year(date.year)}"


def _clock(clock: Clock) -> str:
    """Of 18:00 "six P M"; the two letters apart, since `AM` and `am` are read as a word."""
    hour = _indian(clock.hour_of_dial)
    match clock.minute:
        case 0:
            words = hour
        case minute if minute < 10:
            words = f"{hour} oh {_indian(minute)}"
        case minute:
            words = f"{hour} {_indian(minute)}"
    if clock.half or not 1 <= clock.hour <= 12:
        return f"{words} {'P' if clock.hour_of_day >= 12 else 'A'} M"
    return words if clock.minute else f"{words} o'clock"


def _span(low: Clock, high: Clock) -> str:
    if high.half and not (low.half or low.minute):
        return f"{_indian(low.hour_of_dial)} to {_clock(high)}"
    return f"{_clock(low)} to {_clock(high)}"
