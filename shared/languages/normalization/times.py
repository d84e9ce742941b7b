"""Times of day."""

import re

from shared.languages.normalization.locale import Clock, Locale
from shared.languages.normalization.numerals import AFTER, BEFORE, DASH
from shared.languages.normalization.rules import Rule, left_of, rule

_HALF = r"(?:[ ]?(?P<half{0}>(?i:[ap]\.[ ]?m\.?(?![A-Za-z])|[ap]m(?![A-Za-z]))))"
_HOUR = r"(?P<hour{0}>[01]?[0-9]|2[0-4])(?:[:.](?P<minute{0}>[0-5][0-9])(?::00)?)?"
_OPEN = re.compile(  # what 9.30-6.30 are hours behind
    r"(?i:\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|daily|every ?day|weekdays?"
    r"|weekends?|opens?|timings?|hours|from|between|OPD|slots?)|दिन|वार|समय|खुला|खुले|रोज़|रोज)[^0-9.!?]{0,12}$"
)
_OCLOCK = re.compile(r"[ ]?(?:baje|बजे|o'clock)")  # behind which 10.30 is a time too
_AT = re.compile(r"(?i:\b(?:at|by|around|until|till))[ ]$")
_MEASURE = re.compile(
    r"[ ]?(?:(?:[kcm]?m|[km]?g|ml|l|ft|rs|inr|x|cr|pct)\b|[%°]|per|lakh|crore|million|billion"
    r"|rupees|dollars|times|points?"
    r"|degrees|percent|hours|hrs|metres|kilo)"
)
_WORD_TO = "[ ](?:to|till|until|se|से)[ ]"
_BEHIND = "(?:से|तक|को|पर|के|की|का|और|या|बजे|में)(?![\u0900-\u097f])"  # no sentence begins so
_TIME = f"{_HOUR}(?:{_HALF}|{AFTER}(?!:[0-9]))"


def time_rules(locale: Locale) -> list[Rule]:
    """Rules for `10:30 am`, `18:00`, `7 p.m.` and `10 a.m.–7 p.m.`.

    Without am or pm only a colon makes a time: `10.30` may be an amount, but not in a span behind
    a weekday or "open", before "baje", or alone behind "at".
    """
    part = rf"(?:(?P<part>{locale.part_of_day})[ ])?"
    front = rf"{part}{BEFORE}(?<![0-9]:)"
    end = rf"(?:[ ]?(?:{locale.oclock})(?![A-Za-z]))?"

    def say(found: re.Match[str]) -> str:
        clock = _clock(found, 1, found["part"], sure=_is_alone(found))
        return locale.clock(clock) + _stop(found, 1) if clock else found[0]

    def say_span(found: re.Match[str]) -> str:
        ends = _ends(found)
        return locale.span(*ends) + _stop(found, 2) if ends else found[0]

    def say_words(found: re.Match[str]) -> str:
        ends = _OPEN.search(left_of(found)) and [
            _clock(found, at, None, sure=True) for at in (1, 2)
        ]
        if not ends or not (ends[0] and ends[1] and found["minute1"] and found["minute2"]):
            return found[0]
        return f"{locale.clock(ends[0])}{found['dash']}{locale.clock(ends[1])}"

    return [
        rule(rf"{front}{_TIME.format(1)}(?P<dash>{DASH}){_TIME.format(2)}{end}", say_span),
        rule(rf"{BEFORE}{_TIME.format(1)}(?P<dash>{_WORD_TO}){_TIME.format(2)}{end}", say_words),
        rule(rf"{front}{_TIME.format(1)}{end}", say),
    ]


def _ends(found: re.Match[str]) -> tuple[Clock, Clock] | None:
    """Both times of a span, None if these are only numbers."""
    has_minutes = found["minute1"] or found["minute2"]
    sure = bool(has_minutes and _OPEN.search(left_of(found)))
    low = _clock(found, 1, found["part"], sure=sure or bool(found["half2"]))
    high = _clock(found, 2, None, sure=sure)
    if (low or high) and len(found["dash"]) == 1:  # one end without the other: 10:30-7
        low = low or _clock(found, 1, found["part"], sure=True)
        high = high or _clock(found, 2, None, sure=True)
    return (low, high) if low and high else None


def _is_alone(found: re.Match[str]) -> bool:
    """Whether `10.30` is a time by the words around it."""
    if not found["minute1"]:
        return False
    end = found.end("minute1")
    if _OCLOCK.match(found.string, end) or found["part"]:
        return True
    is_hour = 1 <= int(found["hour1"]) <= 12 and not _MEASURE.match(found.string, end)
    return bool(is_hour and _AT.search(left_of(found)))


def _clock(found: re.Match[str], end: int, part: str | None, *, sure: bool = False) -> Clock | None:
    """The time at one end of the find, None if that is only a number and not `sure` to be none."""
    hour, minute, half = found[f"hour{end}"], found[f"minute{end}"], found[f"half{end}"]
    has_colon = minute is not None and ":" in found[0]
    if not (half or sure or has_colon):
        return None
    written = (half or "").replace(".", "").replace(" ", "").lower()
    return Clock(int(hour), int(minute or 0), written, part or "")


def _stop(found: re.Match[str], end: int) -> str:
    """The full stop that `7 p.m.` shares with its sentence."""
    half, rest = found[f"half{end}"] or "", found.string[found.end() :]
    ends = (
        half.endswith(".")
        and found[0].endswith(".")
        and re.match(rf"\s*$|\s+(?:[A-Z]|(?!{_BEHIND})[\u0900-\u097f])", rest)
    )
    return "." if ends else ""
