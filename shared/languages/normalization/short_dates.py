"""Dates without a year: `12/11` looks like a fraction, and what stands around it decides."""

import re
from collections.abc import Sequence
from dataclasses import replace

from shared.languages.normalization.dates import checked
from shared.languages.normalization.locale import Date, Locale
from shared.languages.normalization.numerals import AFTER, BEFORE
from shared.languages.normalization.rules import Rule, left_of, rule
from shared.languages.normalization.weekdays import WEEKDAY

_FIGURES = r"[0-9]{1,2}/[0-9]{1,2}"
_DASH = r"[ ]?[-\u2013\u2014][ ]?"
_TO = rf"(?:{_DASH}|,[ ]|,?[ ](?:to|till|until|and|or|se|aur|ya|से|और|या)[ ])"
_PARTS = re.compile(rf"(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})|(?P<dash>{_DASH})")

# Behind or before these it is always a day, ...
_ON = re.compile(
    r"(?i:\b(?:on|dated?|till|until|upto|due|expires|kal|aaj|parso|tari+kh|tareekh|कल|आज|तारीख|दिनांक"
    rf"|{WEEKDAY})(?: (?:the|is|was|ko))?[ ,:]*)$"
)
_KO = re.compile(
    r"(?i:,?[ ](?:ko|tak|tari+kh|tareekh|date|at [0-9]|[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\.?m"
    r"|को|तक|तारीख)(?![a-z\u0900-\u097f]))"
)
# ... with these if it can't well be a part, such as 2/3, ...
_FROM = re.compile(r"(?i:\b(?:by|for|from|before|after|since|between)(?: the)?[ ]*)$")
_SE = re.compile(r"(?i:[ ](?:se|ki|ke|wale|wali|से|की|के|वाले|वाली)(?![a-z\u0900-\u097f]))")
# ... and with these never.
_NUMBER = re.compile(
    r"(?i:\b(?:flat|house|door|plot|shop|room|unit|block|ward|survey|h|no|number|page|score[ds]?|bp"
    r"|rat(?:ed|ing|io)|pressure|section|form|chapter|size|out of|मकान|फ़्लैट|नंबर)"
    r"(?: (?:is|was|no|number))?[.:#]*[ ]*)$"
)
_OF = re.compile(
    r"(?i:[ ]?(?:of|cups?|inch(?:es)?|tablets?|spoons?|stars?|rating|parts?|months?|days?|hours?"
    r"|extract)\b|[\"\u2033])"
    r"|[ ](?:[A-Z][\w.]*[ ]){1,3}"
    r"(?:Road|Rd|Street|St|Cross|Main|Nagar|Lane|Layout|Colony|Avenue|Block|Marg|Sector)\b"
)


def short_date_rules(locale: Locale) -> list[Rule]:
    """The rule for `12/11` and `12/11 to 15/11`; before `1/2` is taken for a half."""

    def say_part(part: re.Match[str]) -> str:
        date = None if part["dash"] else _date(part, locale)
        return locale.date(date) if date else f" {locale.to} "

    def say(found: re.Match[str]) -> str:
        figures = [part for part in _PARTS.finditer(found[0]) if not part["dash"]]
        possible = all(_date(part, locale) for part in figures)
        if not (possible and _are_dates(found, figures)):
            return found[0]
        return _PARTS.sub(say_part, found[0])

    return [rule(rf"{BEFORE}(?<![/-]){_FIGURES}(?:{_TO}{_FIGURES})*{AFTER}(?![/%])", say)]


def _date(part: re.Match[str], locale: Locale) -> Date | None:
    day, month = part["day"], part["month"]
    if locale.month_leads:
        day, month = month, day
    date = checked(day, month, "00", locale) or checked(month, day, "00", locale)
    return replace(date, year=None) if date else None


def _are_dates(found: re.Match[str], figures: Sequence[re.Match[str]]) -> bool:
    """Whether these are days and months; what stands around the first and the last tells of all."""
    before, after = left_of(found), found.string[found.end() :]
    round_the_clock = found[0] == "24/7"
    if round_the_clock or _NUMBER.search(before) or _OF.match(after):
        return False
    if _ON.search(before) or _KO.match(after):
        return True
    first, last = figures[0], figures[-1]
    if _FROM.search(before) and not _is_part(first) or _SE.match(after) and not _is_part(last):
        return True
    return any(int(f["day"]) > int(f["month"]) or "0" in (f[0][0], f["month"][0]) for f in figures)


def _is_part(figures: re.Match[str]) -> bool:
    return int(figures["day"]) < int(figures["month"]) <= 5
