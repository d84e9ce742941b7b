"""Amounts of money."""

import re

from shared.conversation.speakable.numerals import (
    AFTER,
    BEFORE,
    DASH,
    NUMBER,
    PER,
    amount_in_words,
    number_in_words,
    read_number,
)
from shared.conversation.speakable.rules import Rule, one_of, rule
from shared.conversation.speakable.tongue import Currency, Number, Tongue


def money_rules(tongue: Tongue) -> list[Rule]:
    """Rules for `₹1,250.50`, `Rs. 1.5 lakh`, `₹500-700`, `500/-` and `₹80/kg`."""
    signs = f"(?<![A-Za-z])(?:(?i:{one_of(tongue.currencies)}))"
    scale = rf"(?:[ ]?(?P<scale>(?i:{one_of(tongue.scales)})))?"
    amount = rf"(?P<low>{NUMBER})(?:{DASH}(?:{signs}[ ]?)?(?P<high>{NUMBER}))?{scale}{AFTER}"
    minus = r"(?P<minus>(?<![^\s(])[-\u2212])?"

    def say(found: re.Match[str]) -> str:
        return _say(found, tongue)

    return [
        rule(rf"{minus}(?P<sign>{signs})[ ]?(?P<inner>[-\u2212])?{amount}(?:/-)?{PER}", say),
        rule(rf"{BEFORE}{amount}(?P<sign>/-)", say),
        rule(rf"{BEFORE}{amount}[ ]?(?P<sign>{signs})(?![A-Za-z\u0900-\u097f])", say),
        rule(r"(?:₹|(?<![A-Za-z])(?:Rs\.|INR))(?![ ]?[0-9])", tongue.currencies["₹"].many),
    ]


def _say(found: re.Match[str], tongue: Tongue) -> str:
    parts = found.groupdict()
    sign = "₹" if parts["sign"] == "/-" else parts["sign"].lower()
    currency = tongue.currencies[sign]
    words = _amount(parts["low"], parts["high"], parts["scale"], currency, tongue)
    if parts.get("minus") or parts.get("inner"):
        words = f"{tongue.minus} {words}"
    return f"{words} {tongue.rate(parts['per'])}" if parts.get("per") else words


def _amount(
    low: str, high: str | None, scale: str | None, currency: Currency, tongue: Tongue
) -> str:
    number = read_number(low)
    if high is None and scale is None and 0 < len(number.fraction) <= 2:
        return _with_parts(number, currency, tongue)
    unit = currency.one if number.is_one and not (high or scale) else currency.many
    return f"{amount_in_words(low, high, scale, tongue)} {unit}"


def _with_parts(number: Number, currency: Currency, tongue: Tongue) -> str:
    """Rupees and paise, of which one may be missing."""
    whole = Number(number.whole.lstrip("0") or "0")
    cents = int(number.fraction.ljust(2, "0"))
    units = f"{number_in_words(whole, tongue)} {currency.one if whole.is_one else currency.many}"
    parts = f"{tongue.cardinal(cents)} {currency.part if cents == 1 else currency.parts}"
    if not cents:
        return units
    return parts if whole.whole == "0" else f"{units}{tongue.and_parts}{parts}"
