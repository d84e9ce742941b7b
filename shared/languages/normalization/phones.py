"""Phone numbers: digits that are said one by one."""

import re

from shared.languages.normalization.numerals import AFTER, digits_in_words
from shared.languages.normalization.rules import Rule, rule

_GAP = "[ -]"
_PHONES = (
    rf"\+[0-9]{{1,3}}(?:{_GAP}?\(?[0-9]{{2,5}}\)?){{2,4}}",  # with a country code
    r"\+[0-9]{8,15}",
    rf"(?:91{_GAP}|0{_GAP}?)?[6-9][0-9]{{4}}{_GAP}?[0-9]{{5}}",  # a mobile in India
    rf"[6-9][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}",
    rf"[6-9][0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}",
    rf"\(?0[0-9]{{2,4}}\)?{_GAP}?[0-9]{{3,4}}{_GAP}?[0-9]{{3,4}}",  # a landline with its STD code
    rf"18[06]0{_GAP}?[0-9]{{2,4}}{_GAP}?[0-9]{{3,4}}",  # toll-free
    rf"(?:[0-9]{{4}}{_GAP}){{2,3}}[0-9]{{4}}",  # a card, an Aadhaar number
)
_PHONE = rf"(?<![0-9A-Za-z+])(?<![0-9][.,])(?:{'|'.join(_PHONES)}){AFTER}"
_LONE_PREFIX = re.compile(r"(\+91|0)[ -]?([6-9][0-9]{4})[ -]?([0-9]{5})")


def phone_rules(digits: tuple[str, ...], plus: str) -> list[Rule]:
    """The rule for phone and card numbers, with the words for 0 to 9 and for the +."""

    def say(found: re.Match[str]) -> str:
        written = _LONE_PREFIX.sub(r"\1 \2 \3", found[0])
        return f"{plus if '+' in written else ''}{digits_in_words(written, digits)}"

    return [rule(_PHONE, say)]
