"""Locales: how numbers, dates and times are said in a language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shared.languages.normalization.written_words import WrittenWords


@dataclass(frozen=True, slots=True)
class Number:
    """A number without sign, as its digits are written; commas are gone.

    Args:
        whole: The digits before the point, at least one.
        fraction: The digits after it, "" if there is no point.
        had_commas: Written as `1,250`: then it counts something and is no code.
    """

    whole: str
    fraction: str = ""
    had_commas: bool = False

    @property
    def is_one(self) -> bool:
        """Whether what is counted stands in the singular."""
        return self.whole == "1" and not self.fraction


@dataclass(frozen=True, slots=True)
class Date:
    """A day, as much of it as was written.

    Args:
        day: Of the month, 1 to 31.
        month: 1 to 12.
        year: With its century; None if it wasn't written.
        last_day: The other end of `20-22 November`; None for one day.
        month_first: Written as `November 20`.
    """

    day: int
    month: int
    year: int | None = None
    last_day: int | None = None
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, as it was written.

    Args:
        hour: 0 to 24.
        minute: 0 to 59.
        half: "am", "pm", or "" if that wasn't written.
        part: The word before it that says the part of the day already, or "".
    """

    hour: int
    minute: int = 0
    half: str = ""
    part: str = ""

    @property
    def hour_of_day(self) -> int:
        """The hour from 0 to 23, by `half` if that is known."""
        hour = self.hour % 24
        if self.half and hour <= 12:
            return hour % 12 + (12 if self.half == "pm" else 0)
        return hour

    @property
    def hour_of_dial(self) -> int:
        """The hour from 1 to 12."""
        return (self.hour - 1) % 12 + 1


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency's words: one and many of it, one and many of its hundredth."""

    one: str
    many: str
    part: str
    parts: str


@dataclass(frozen=True, slots=True)
class Locale:
    """A language's words and ways.

    Args:
        cardinal: A whole number below 10 billion in words.
        year: A year from 1900 to 2099 in words.
        halves: What people say for `1.5` before a counted word, "" for the usual.
        months: January to December.
        month_leads: Whether 12/11 is a day in December, as in the USA, and the month comes first.
        date: A day in words.
        clock: A time of day in words.
        span: From one time of day to another.
        digits: The words for 0 to 9.
        point: Between a number and its decimals.
        minus: Before a negative number.
        plus: For the + of a phone number.
        to: Between the two ends of a range.
        by: For the stroke in `12/3`.
        percent: For the sign.
        per: For the stroke in `₹80/kg`.
        and_parts: Between rupees and paise, with its spaces.
        scales: What is written after a number, such as `lakh` or `cr`, to what is said.
        zeros: The zeros of each of the latter.
        currencies: What is written beside an amount to the currency.
        units: What is written after a number to one and many of it.
        part_of_day: Regular expression of the words before a time that say whether it is morning.
        oclock: Regular expression of the words after a time that its words contain already.
        naming: Regular expression of the words after which digits are a name and no number.
        counted: Regular expression of the words before which digits are a number and no name.
        web: For each of `. @ / - _ +` in an address, its word.
        written: What may stand around figures, in all languages that are known.
    """

    cardinal: Callable[[int], str]
    year: Callable[[int], str]
    halves: Callable[[Number], str]
    months: tuple[str, ...]
    month_leads: bool
    date: Callable[[Date], str]
    clock: Callable[[Clock], str]
    span: Callable[[Clock, Clock], str]
    digits: tuple[str, ...]
    point: str
    minus: str
    plus: str
    to: str
    by: str
    percent: str
    per: str
    and_parts: str
    scales: Mapping[str, str]
    zeros: Mapping[str, int]
    currencies: Mapping[str, Currency]
    units: Mapping[str, tuple[str, str]]
    part_of_day: str
    oclock: str
    naming: str
    counted: str
    web: Mapping[str, str]
    written: WrittenWords

    def rate(self, unit: str) -> str:
        """The words for `/kg`."""
        return f"{self.per} {self.units.get(unit, (unit,))[0]}"
