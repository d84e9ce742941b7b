"""Dates: a day wants its month, and a date of birth its year."""

from collections.abc import Sequence

from shared.languages.answers.characters import items, number_of
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.catalogue import WORDS

_TENS = WORDS.spoken_digits.tens
_CENTURIES = ("19", "20")
_AMBIGUOUS_YEAR = "2020"  # "twenty twenty" is mostly followed by a digit
_SLASH = "/"
_MOST_DAYS = 31
_LOOKED_BACK = 7  # words in which a month may stand
_FEW = 3  # words that a day is an answer in
_BEHIND = (ANSWER.after | ANSWER.polite | CLAUSE.postpositions | CLAUSE.genitives) - ANSWER.dated
_PARTS = ANSWER.inside | ANSWER.scales.keys() | CLAUSE.genitive | CLAUSE.determiners | {"."}
_DAYS = ANSWER.weekdays | ANSWER.days
_ALONE = ANSWER.months - ANSWER.months_too


def date(words: Sequence[str], *, asked: bool, with_year: bool) -> Completeness | None:
    """The completeness of a date that the words end with; None if they end with none."""
    core = list(words)
    while core and core[-1] in _BEHIND:
        core.pop()
    postposed = len(core) < len(words) and words[-1] in CLAUSE.postpositions
    if not core:
        return None
    month = _month(core, asked=asked)
    if month is not None:
        return _with_month(core, month, asked=asked, with_year=with_year)
    last = core[-1]
    if last in ANSWER.dated and not _is_day(core[-2:-1]):
        return None
    if last in _DAYS or last in ANSWER.dated:
        if core[-2:-1] and core[-2] in ANSWER.ranges:
            return Completeness.EXTENDABLE
        return Completeness.ANY if asked or len(core) <= _FEW else None
    if not asked:
        return None
    if _SLASH in last:
        with_no_year = last.count(_SLASH) == 1
        return Completeness.EXTENDABLE if with_no_year else Completeness.WHOLE
    if last in ANSWER.ordinals or _is_ordinal(last):
        if postposed or any(word in ANSWER.weekdays for word in core):
            return Completeness.ANY
        return Completeness.OPEN if with_year else Completeness.EXTENDABLE
    if last in CLAUSE.attributes or last in CLAUSE.demonstratives:
        return Completeness.OPEN if len(core) <= _FEW else None
    return _in_figures(core, with_year=with_year)


def _month(words: list[str], *, asked: bool) -> int | None:
    """The place of the last month, if it is near the end."""
    for place in range(len(words) - 1, max(-1, len(words) - _LOOKED_BACK), -1):
        if words[place] in ANSWER.months:
            beside = [*words[max(place - 2, 0) : place], *words[place + 1 : place + 2]]
            if asked or words[place] in _ALONE or any(_is_day([word]) for word in beside):
                return place
    return None


def _is_ordinal(word: str) -> bool:
    return word[0].isdecimal() and word[-1].isalpha()


def _is_day(words: Sequence[str]) -> bool:
    """Whether the first of the words is the number of a day."""
    if not words:
        return False
    digits = number_of(words[0])
    known = words[0] in ANSWER.ordinals or _is_ordinal(words[0])
    return known or (bool(digits) and 0 < int(digits) <= _MOST_DAYS)


def _with_month(
    words: list[str], month: int, *, asked: bool, with_year: bool
) -> Completeness | None:
    """The completeness of a date with a month at this place."""
    before = [word for word in words[max(month - 3, 0) : month] if word not in _PARTS]
    has_day = _is_day([word for word in before if word not in CLAUSE.genitives][-1:])
    rest = words[month + 1 :]
    while rest and rest[0] in _PARTS and not number_of(rest[0]):
        rest.pop(0)
    if not all(_is_day([word]) or number_of(word) or word in _PARTS for word in rest):
        return None
    if not rest and not has_day:
        return Completeness.EXTENDABLE if asked or len(words) == 1 else None
    if rest and not has_day and _is_day(rest):
        size = 2 if rest[0] in _TENS and len(rest) > 1 else 1
        rest = rest[size:]
        if not rest and words[-1] in _TENS:
            return Completeness.EXTENDABLE
    if not rest:
        return Completeness.OPEN if with_year else Completeness.ANY
    return _year(rest)


def _year(words: list[str]) -> Completeness:
    """Of "nineteen", "nineteen ninety eight", "two thousand", "do hazaar paanch"."""
    found = [item for item in items(words) if item.text]
    scale = ANSWER.scales.get(words[-1], 0)
    if scale or not found:
        return Completeness.EXTENDABLE if scale > 2 else Completeness.OPEN
    if any(word in ANSWER.scales for word in words):
        return Completeness.EXTENDABLE if words[-1] in _TENS else Completeness.WHOLE
    digits = "".join(item.text for item in found)
    if digits in _CENTURIES or len(digits) in (1, 3):
        return Completeness.OPEN
    if found[-1].tens:
        open_year = digits == _AMBIGUOUS_YEAR
        return Completeness.OPEN if open_year else Completeness.EXTENDABLE
    return Completeness.WHOLE


def _in_figures(words: list[str], *, with_year: bool) -> Completeness | None:
    """The completeness of a date without any name of a month."""
    begin = len(words)
    while begin and (number_of(words[begin - 1]) or words[begin - 1] in _PARTS):
        begin -= 1
    digits = "".join(item.text for item in items(words[begin:]))
    groups = [word for word in words[begin:] if number_of(word)]
    if not digits or begin > _FEW + 1:
        return None
    if len(digits) >= 6 and (digits[-4:-2] in _CENTURIES or len(digits) >= 8):
        return Completeness.WHOLE
    if len(groups) < 2 or with_year:
        return Completeness.OPEN
    return Completeness.EXTENDABLE
