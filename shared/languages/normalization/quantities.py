"""Quantities, the rest of the figures: units, percentages, ranges, years, plain numbers."""

import re

from shared.languages.normalization.locale import Locale
from shared.languages.normalization.numerals import (
    AFTER,
    BEFORE,
    DASH,
    NUMBER,
    PER,
    amount_in_words,
    digits_in_words,
    number_in_words,
    range_in_words,
    read_number,
)
from shared.languages.normalization.rules import Rule, left_of, one_of, rule
from shared.languages.normalization.written_words import any_of

_RANGE = rf"{BEFORE}(?P<low>{NUMBER})(?:{DASH}(?P<high>{NUMBER}))?"
_CODE_LENGTH = 5  # bare digits: from here on they are a PIN code or an id, unless they are round


def quantity_rules(locale: Locale) -> list[Rule]:
    """Rules for what is left of the figures when money, dates and codes have been said."""
    scales = rf"[ ]?(?P<scale>(?i:{one_of(locale.scales)}))(?![A-Za-z])"

    def say_percent(found: re.Match[str]) -> str:
        return f"{range_in_words(found['low'], found['high'], locale)} {locale.percent}"

    def say_unit(found: re.Match[str]) -> str:
        one, many = locale.units[found["unit"]]
        single = read_number(found["low"]).is_one and not found["high"]
        words = locale.halves(read_number(found["low"])) if not found["high"] else ""
        words = words or range_in_words(found["low"], found["high"], locale)
        words = f"{words} {one if single else many}"
        return f"{words} {locale.rate(found['per'])}" if found["per"] else words

    def say_scaled(found: re.Match[str]) -> str:
        return amount_in_words(found["low"], found["high"], found["scale"], locale)

    def say_counted(found: re.Match[str]) -> str:
        return range_in_words(found["low"], found["high"], locale)

    return [
        rule(r"(?<![^\s(])[-\u2212](?=[0-9])", f"{locale.minus} "),
        rule(r"(?<!\S)\+(?=[0-9])", f"{locale.plus} "),
        rule(r"(?<=[0-9])\+(?![0-9+])", f" {locale.plus}"),
        rule(rf"{_RANGE}(?:[ ]?%|[ ](?:{any_of(locale.written.percent)})(?![a-z]))", say_percent),
        rule(rf"{_RANGE}[ ]?(?P<unit>{one_of(locale.units)})(?![A-Za-z0-9²]){PER}", say_unit),
        rule(rf"{_RANGE}{scales}", say_scaled),
        rule(rf"(?<!/){_RANGE}(?=[ ]?(?:{locale.counted}))", say_counted),
        *_plain_rules(locale),
    ]


def _plain_rules(locale: Locale) -> list[Rule]:
    results = any_of(locale.written.results)
    behind_result = re.compile(rf"(?i:\b(?:{results})(?: \w+){{0,2}}[ .:#]*)$")

    def say_number(found: re.Match[str]) -> str:
        return _plain(found[0], locale)

    def say_range(found: re.Match[str]) -> str:
        low, high = found["low"], found["high"]
        if _is_year(low) and len(high) == 2 and int(high) == (int(low) + 1) % 100:  # 2026-27
            return f"{locale.year(int(low))} {locale.to} {locale.cardinal(int(high))}"
        rises = float(low.replace(",", "")) < float(high.replace(",", ""))
        if rises or (_are_hours(found) and not behind_result.search(left_of(found))):
            return f"{_plain(low, locale)} {locale.to} {_plain(high, locale)}"
        return found[0]

    def say_stroke(found: re.Match[str]) -> str:
        return f"{_plain(found[1], locale)} {locale.by} {_plain(found[2], locale)}"

    return [
        rule(
            rf"{BEFORE}(?<![-/:])(?P<low>{NUMBER}){DASH}(?P<high>{NUMBER}){AFTER}(?!{DASH}[0-9])",
            say_range,
        ),
        rule(rf"{BEFORE}(?<![/])({NUMBER})/({NUMBER}){AFTER}(?!/)", say_stroke),
        rule(rf"{BEFORE}{NUMBER}{AFTER}", say_number),
    ]


def _are_hours(found: re.Match[str]) -> bool:
    """Whether `10-7` may be the hours of a shop, which may end with a smaller figure."""
    figures = (found["low"], found["high"])
    return all(figure.isdigit() and 1 <= int(figure) <= 12 for figure in figures)


def _plain(written: str, locale: Locale) -> str:
    number = read_number(written)
    if _is_year(written):
        return locale.year(int(written))
    round_number = number.whole.endswith("000")
    if len(number.whole) >= _CODE_LENGTH and written.isdigit() and not round_number:
        return digits_in_words(written, locale.digits)
    return number_in_words(number, locale)


def _is_year(written: str) -> bool:
    return len(written) == 4 and written[:2] in ("19", "20") and written.isdigit()
