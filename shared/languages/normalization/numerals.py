"""Numbers as people write them, and their words."""

import re

from shared.languages.normalization.locale import Locale, Number

# A digit that belongs to a name (A4, 5G, 1.2.3) is not the beginning or the end of a number.
BEFORE = r"(?<![0-9A-Za-z])(?<![0-9][.])"
AFTER = r"(?![0-9A-Za-z]|\.[0-9])"
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}|[0-9]+)(?:\.[0-9]+)?"
DASH = r"(?:[ ][-\u2010-\u2013][ ]|[-\u2010-\u2014])"  # between the ends of a range

PER = r"(?:[ ]?/[ ]?(?P<per>[A-Za-z]{2,}))?"  # what follows in `₹80/kg`

LARGEST = 10  # digits: beyond that nobody counts, and num2words knows no Indian words


def read_number(written: str) -> Number:
    """The number that stands in a text that `NUMBER` has matched."""
    whole, _, fraction = written.replace(",", "").partition(".")
    return Number(whole, fraction, "," in written)


def number_in_words(number: Number, locale: Locale) -> str:
    """`1250.5` as "one thousand two hundred and fifty point five"."""
    leading_zero = len(number.whole) > 1 and number.whole.startswith("0")
    if leading_zero or len(number.whole) > LARGEST:
        words = digits_in_words(number.whole, locale.digits)
    else:
        words = locale.cardinal(int(number.whole))
    if not number.fraction:
        return words
    return f"{words} {locale.point} {' '.join(locale.digits[int(d)] for d in number.fraction)}"


def range_in_words(low: str, high: str | None, locale: Locale) -> str:
    """`10` and `12` as "ten to twelve"; without `high` the number alone."""
    words = number_in_words(read_number(low), locale)
    if high is None:
        return words
    return f"{words} {locale.to} {number_in_words(read_number(high), locale)}"


def amount_in_words(low: str, high: str | None, scale: str | None, locale: Locale) -> str:
    """A number or a range, with `lakh` or the like after it if `scale` is written."""
    halves = locale.halves(read_number(low)) if scale and high is None else ""
    words = halves or range_in_words(low, high, locale)
    return f"{words} {locale.scales[scale.lower()]}" if scale else words


def digits_in_words(written: str, words: tuple[str, ...]) -> str:
    """Every digit for itself, with a pause where `written` has a gap or a listener needs one."""
    groups = [part for group in re.findall(r"[0-9]+", written) for part in _in_groups(group)]
    return ", ".join(" ".join(words[int(digit)] for digit in group) for group in groups)


def _in_groups(digits: str) -> list[str]:
    match len(digits):
        case length if length <= 5:
            size = 5
        case 10:
            size = 5
        case 6 | 9:
            size = 3
        case _:
            size = 4
    return [digits[start : start + size] for start in range(0, len(digits), size)]
