"""Times of day."""

import re

from shared.languages.normalization.locale import Clock, Locale
from shared.languages.normalization.numerals import AFTER, BEFORE, DASH
from shared.languages.normalization.rules import Rule, left_of, rule
from shared.languages.normalization.written_words import WrittenWords, any_of

_HALF = r"(?:[ ]?(?P<half{0}>(?i:[ap]\.[ ]?m\.?(?![A-Za-z])|[ap]m(?![A-Za-z]))))"
_HOUR = r"(?P<hour{0}>[01]?[0-9]|2[0-4])(?:[:.](?P<minute{0}>[0-5][0-9])(?::00)?)?"
_TIME = f"{_HOUR}(?:{_HALF}|{AFTER}(?!:[0-9]))"


class _Around:
    """What stands around a time.

    Attributes:
        opens: What hours such as 9.30-6.30 stand behind.
        to: What stands between two times, with its spaces.
    """

    def __init__(self, written: WrittenWords) -> None:
        self.opens = re.compile(rf"(?i:{any_of(written.opens)})[^0-9.!?]{{0,12}}$")
        self.to = rf"[ ](?:{any_of(written.to, written.until)})[ ]"
        self._oclock = re.compile(rf"[ ]?(?:{any_of(written.oclock)})")
        self._at = re.compile(rf"(?i:\b(?:{any_of(written.at)}))[ ]$")
        self._measure = re.compile(rf"[ ]?(?:[%°]|{any_of(written.measures)})")
        goes_on = rf"(?:{any_of(written.goes_on)})(?![\u0900-\u097f])"
        self._sentence = re.compile(rf"\s*$|\s+(?:[A-Z]|(?!{goes_on})[\u0900-\u097f])")

    def is_time(self, found: re.Match[str]) -> bool:
        """Whether `10.30` is a time by the words around it."""
        if not found["minute1"]:
            return False
        end = found.end("minute1")
        if self._oclock.match(found.string, end) or found["part"]:
            return True
        is_hour = 1 <= int(found["hour1"]) <= 12 and not self._measure.match(found.string, end)
        return bool(is_hour and self._at.search(left_of(found)))

    def stop(self, found: re.Match[str], end: int) -> str:
        """The full stop that `7 p.m.` shares with its sentence."""
        half, rest = found[f"half{end}"] or "", found.string[found.end() :]
        ends = half.endswith(".") and found[0].endswith(".") and self._sentence.match(rest)
        return "." if ends else ""


def time_rules(locale: Locale) -> list[Rule]:
    """Rules for `10:30 am`, `18:00`, `7 p.m.` and `10 a.m.–7 p.m.`.

    Without am or pm only a colon makes a time: `10.30` may be an amount, but not in a span behind
    a weekday or "open", before "baje", or alone behind "at".
    """
    part = rf"(?:(?P<part>{locale.part_of_day})[ ])?"
    front = rf"{part}{BEFORE}(?<![0-9]:)"
    end = rf"(?:[ ]?(?:{locale.oclock})(?![A-Za-z]))?"
    around = _Around(locale.written)

    def say(found: re.Match[str]) -> str:
        clock = _clock(found, 1, found["part"], sure=around.is_time(found))
        return locale.clock(clock) + around.stop(found, 1) if clock else found[0]

    def say_span(found: re.Match[str]) -> str:
        ends = _ends(found, around)
        return locale.span(*ends) + around.stop(found, 2) if ends else found[0]

    def say_words(found: re.Match[str]) -> str:
        ends = around.opens.search(left_of(found)) and [
            _clock(found, at, None, sure=True) for at in (1, 2)
        ]
        if not ends or not (ends[0] and ends[1] and found["minute1"] and found["minute2"]):
            return found[0]
        return f"{locale.clock(ends[0])}{found['dash']}{locale.clock(ends[1])}"

    return [
        rule(rf"{front}{_TIME.format(1)}(?P<dash>{DASH}){_TIME.format(2)}{end}", say_span),
        rule(rf"{BEFORE}{_TIME.format(1)}(?P<dash>{around.to}){_TIME.format(2)}{end}", say_words),
        rule(rf"{front}{_TIME.format(1)}{end}", say),
    ]


def _ends(found: re.Match[str], around: _Around) -> tuple[Clock, Clock] | None:
    """Both times of a span, None if these are only numbers."""
    has_minutes = found["minute1"] or found["minute2"]
    sure = bool(has_minutes and around.opens.search(left_of(found)))
    low = _clock(found, 1, found["part"], sure=sure or bool(found["half2"]))
    high = _clock(found, 2, None, sure=sure)
    if (low or high) and len(found["dash"]) == 1:  # one end without the other: 10:30-7
        low = low or _clock(found, 1, found["part"], sure=True)
        high = high or _clock(found, 2, None, sure=True)
    return (low, high) if low and high else None


def _clock(found: re.Match[str], end: int, part: str | None, *, sure: bool = False) -> Clock | None:
    """The time at one end of the find, None if that is only a number and not `sure` to be none."""
    hour, minute, half = found[f"hour{end}"], found[f"minute{end}"], found[f"half{end}"]
    has_colon = minute is not None and ":" in found[0]
    if not (half or sure or has_colon):
        return None
    written = (half or "").replace(".", "").replace(" ", "").lower()
    return Clock(int(hour), int(minute or 0), written, part or "")
