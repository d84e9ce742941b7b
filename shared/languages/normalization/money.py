"""Amounts of money."""

import re
from collections.abc import Mapping, Sequence

from shared.languages.normalization.locale import Currency, Locale, Number
from shared.languages.normalization.numerals import (
    AFTER,
    BEFORE,
    DASH,
    NUMBER,
    PER,
    amount_in_words,
    number_in_words,
    read_number,
)
from shared.languages.normalization.rules import Rule, one_of, rule
from shared.languages.normalization.written_words import any_of

# What is written at once after a number of money only; elsewhere `5L` are litres.
_LETTERS = {"l": "lakh", "m": "million", "b": "billion"}


def money_rules(locale: Locale) -> list[Rule]:
    """Rules for `₹1,250.50`, `Rs. 1.5 lakh`, `₹5 lakh 20 thousand`, `500/-` and `₹80/kg`."""
    signs = f"(?<![A-Za-z])(?:(?i:{one_of(locale.currencies)}))"
    letters = "".join(letter for letter, scale in _LETTERS.items() if scale in locale.scales)
    scale = rf"(?:[ ]?(?i:{one_of(locale.scales)})|(?i:[{letters}]))"
    rest = rf"[ ](?:(?:{any_of(locale.written.and_)})[ ])?{NUMBER}"
    more = rf"(?P<more>(?:{rest}(?:{scale}|[ ]L){AFTER})+(?:{rest}{AFTER})?|{rest}{AFTER})?"
    amount = (
        rf"(?P<low>{NUMBER})(?:(?P<low_scale>{scale})(?={DASH}))?"
        rf"(?:{DASH}(?:{signs}[ ]?)?(?P<high>{NUMBER}))?(?:(?P<scale>{scale}){AFTER}{more}|{AFTER})"
    )
    monthly = r"[ ]?(?P<monthly>pm|p\.m\.?)(?![A-Za-z])"
    minus = r"(?P<minus>(?<![^\s(])[-\u2212])?"

    def say(found: re.Match[str]) -> str:
        return _say(found, locale)

    return [
        rule(
            rf"{minus}(?P<sign>{signs})[ ]?(?P<inner>[-\u2212])?{amount}(?:/-)?(?:{monthly}|{PER})",
            say,
        ),
        rule(rf"{BEFORE}{amount}(?P<sign>/-)", say),
        rule(rf"{BEFORE}{amount}[ ]?(?P<sign>{signs})(?![A-Za-z\u0900-\u097f])", say),
        rule(r"(?:₹|(?<![A-Za-z])(?:Rs\.|INR))(?![ ]?[0-9])", locale.currencies["₹"].many),
    ]


def _say(found: re.Match[str], locale: Locale) -> str:
    parts = found.groupdict()
    sign = "₹" if parts["sign"] == "/-" else parts["sign"].lower()
    currency = locale.currencies[sign]
    words, rest = _compound(parts, currency, locale)
    if parts.get("minus") or parts.get("inner"):
        words = f"{locale.minus} {words}"
    per = parts.get("per") or ("mo" if parts.get("monthly") else "")
    rate = f" {locale.rate(per)}" if per else ""
    return f"{words}{rest}{rate}"


def _compound(
    parts: Mapping[str, str | None], currency: Currency, locale: Locale
) -> tuple[str, str]:
    """The words of `5 lakh 20 thousand`, and what behind them is no part of the amount."""
    low, scale, more = parts["low"] or "", _scale(parts["scale"]), parts["more"] or ""
    words = _amount(low, parts["high"], _scale(parts["low_scale"]), scale, currency, locale)
    smaller = re.findall(rf"({NUMBER})[ ]?([^\W\d]\S*)?", more)
    sizes = [_size(scale, locale), *(_size(_scale(written), locale) for _, written in smaller)]
    if not smaller or parts["high"] or not _is_one_amount(sizes, smaller[-1][0]):
        return words, more
    amounts = [(low, scale), *((number, _scale(written)) for number, written in smaller)]
    spoken = (amount_in_words(number, None, name, locale) for number, name in amounts)
    return f"{' '.join(spoken)} {currency.many}", ""


def _is_one_amount(sizes: Sequence[int], last: str) -> bool:
    """Whether every part is smaller than one of the part before it."""
    falling = all(left > right for left, right in zip(sizes, sizes[1:], strict=False))
    digits = len(last.replace(",", ""))
    fits = digits == sizes[-2] or ("," in last and digits < sizes[-2])
    return falling and (sizes[-1] > 0 or ("." not in last and fits))


def _scale(written: str | None) -> str | None:
    name = (written or "").strip().lower()
    return _LETTERS.get(name, name) or None


def _size(scale: str | None, locale: Locale) -> int:
    return locale.zeros[locale.scales[scale]] if scale else 0


def _amount(
    low: str,
    high: str | None,
    low_scale: str | None,
    scale: str | None,
    currency: Currency,
    locale: Locale,
) -> str:
    number = read_number(low)
    if high is None and scale is None and 0 < len(number.fraction) <= 2:
        return _with_parts(number, currency, locale)
    unit = currency.one if number.is_one and not (high or scale) else currency.many
    if high and low_scale and low_scale != scale:
        ends = (
            amount_in_words(*end, locale) for end in ((low, None, low_scale), (high, None, scale))
        )
        return f"{f' {locale.to} '.join(ends)} {unit}"
    return f"{amount_in_words(low, high, scale, locale)} {unit}"


def _with_parts(number: Number, currency: Currency, locale: Locale) -> str:
    """Rupees and paise, of which one may be missing."""
    whole = Number(number.whole.lstrip("0") or "0")
    cents = int(number.fraction.ljust(2, "0"))
    units = f"{number_in_words(whole, locale)} {currency.one if whole.is_one else currency.many}"
    parts = f"{locale.cardinal(cents)} {currency.part if cents == 1 else currency.parts}"
    if not cents:
        return units
    return parts if whole.whole == "0" else f"{units}{locale.and_parts}{parts}"
