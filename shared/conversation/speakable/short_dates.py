"""Dates without a year: `12/11` looks like a fraction, and what stands around it decides."""

import re
from dataclasses import replace

from shared.conversation.speakable.dates import checked
from shared.conversation.speakable.numerals import AFTER, BEFORE
from shared.conversation.speakable.rules import Rule, left_of, rule
from shared.conversation.speakable.tongue import Date, Tongue
from shared.conversation.speakable.weekdays import WEEKDAY

_FIGURES = r"(?P<day{0}>[0-9]{{1,2}})/(?P<month{0}>[0-9]{{1,2}})"
_TO = r"(?P<to>[ ]?[-\u2013\u2014][ ]?|[ ](?:to|till|until|and|or|se|aur|ya|से|और|या)[ ])"

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


def short_date_rules(tongue: Tongue) -> list[Rule]:
    """The rule for `12/11` and `12/11 to 15/11`; before `1/2` is taken for a half."""

    def say(found: re.Match[str]) -> str:
        first = _date(found, 1, tongue)
        if not found["to"]:
            is_date = first and _is_date(found, 1)
            return tongue.date(first) if first and is_date else found[0]
        last = _date(found, 2, tongue)
        if not (first and last and (_is_date(found, 1) or _is_date(found, 2))):
            return found[0]
        to = f" {tongue.to} " if found["to"].strip() in "-\u2013\u2014" else found["to"]
        return f"{tongue.date(first)}{to}{tongue.date(last)}"

    figures = rf"{_FIGURES.format(1)}(?:{_TO}{_FIGURES.format(2)})?"
    return [rule(rf"{BEFORE}(?<![/-]){figures}{AFTER}(?![/%])", say)]


def _date(found: re.Match[str], number: int, tongue: Tongue) -> Date | None:
    day, month = found[f"day{number}"], found[f"month{number}"]
    if tongue.month_leads:
        day, month = month, day
    date = checked(day, month, "00", tongue) or checked(month, day, "00", tongue)
    return replace(date, year=None) if date else None


def _is_date(found: re.Match[str], number: int) -> bool:
    """Whether the first or the second pair of figures is a day and a month."""
    day, month = found[f"day{number}"], found[f"month{number}"]
    alone = not found["to"]
    before = left_of(found) if number == 1 else ""
    after = found.string[found.end() :] if number == 2 or alone else ""
    round_the_clock = (day, month) == ("24", "7")
    if round_the_clock or _NUMBER.search(before) or _OF.match(after):
        return False
    if _ON.search(before) or _KO.match(after):
        return True
    is_part = int(day) < int(month) <= 5
    if not is_part and (_FROM.search(before) or _SE.match(after)):
        return True
    return int(day) > int(month) or day.startswith("0") or month.startswith("0")
