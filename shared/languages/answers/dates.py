"""Dates: a day wants its month, and a date of birth its year."""

from collections.abc import Sequence

from shared.languages.answers.characters import Item, items, number_of
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.catalogue import WORDS

_TENS = WORDS.spoken_digits.tens
_CENTURIES = ("19", "20")
_MOST_DAYS = 31
_LOOKED_BACK = 7  # words in which a month may stand
_MODAL = "may"  # a month only beside a day


def date(words: Sequence[str], *, asked: bool, with_year: bool) -> Completeness | None:
    """The completeness of a date that the words end with; None if they end with none."""
    core = list(words)
    postposed = False
    while core and core[-1] in _BEHIND:
        postposed |= core.pop() in CLAUSE.postpositions
    if not core:
        return None
    month = next(
        (
            place
            for place in range(len(core) - 1, max(-1, len(core) - _LOOKED_BACK), -1)
            if core[place] in ANSWER.months and _is_month(core, place, asked=asked)
        ),
        None,
    )
    if month is not None:
        return _with_month(core, month, asked=asked, with_year=with_year)
    last = core[-1]
    if last in ANSWER.weekdays or last in ANSWER.days or last in ANSWER.dated:
        named_only = last in ANSWER.dated and not _is_day(core[-2:-1])
        return None if named_only or len(core) > 3 and not asked else Completeness.ANY
    if not asked:
        return None
    if last in ANSWER.ordinals or _is_ordinal(last):
        return Completeness.ANY if postposed else Completeness.OPEN
    return _in_figures(core, with_year=with_year)


_BEHIND = (ANSWER.after | ANSWER.polite | (CLAUSE.postpositions & {"ko", "को"})) - ANSWER.dated


def _is_month(words: list[str], place: int, *, asked: bool) -> bool:
    if words[place] != _MODAL:
        return True
    beside = [*words[max(place - 2, 0) : place], *words[place + 1 : place + 2]]
    return asked or any(_is_day([word]) for word in beside)


def _is_ordinal(word: str) -> bool:
    return word[0].isdecimal() and not word.isdecimal()


def _is_day(words: Sequence[str]) -> bool:
    if not words:
        return False
    word = words[0]
    digits = number_of(word)
    known = word in ANSWER.ordinals or _is_ordinal(word)
    return known or (bool(digits) and 0 < int(digits) <= _MOST_DAYS)


def _with_month(
    words: list[str], month: int, *, asked: bool, with_year: bool
) -> Completeness | None:
    """The completeness of a date with a month at this place."""
    before = [word for word in words[max(month - 3, 0) : month] if len(word) > 2 or _is_day([word])]
    has_day = bool(before) and _is_day(before[-1:])
    rest = words[month + 1 :]
    if not all(_is_day([word]) or number_of(word) or word in _PARTS for word in rest):
        return None
    if not rest and not has_day:
        return Completeness.EXTENDABLE if asked or len(words) == 1 else None
    if rest and not has_day and not _is_year(rest[0]):
        size = 2 if rest[0] in _TENS and len(rest) > 1 else 1
        ends_in_tens = rest[:size][-1] in _TENS
        rest = rest[size:]
        if not rest and ends_in_tens:
            return Completeness.EXTENDABLE
    if not rest:
        return Completeness.EXTENDABLE if with_year else Completeness.ANY
    return _year(rest)


_PARTS = ANSWER.inside | ANSWER.scales.keys() | {"the", "of"}


def _is_year(word: str) -> bool:
    digits = number_of(word)
    return bool(digits) and int(digits) > _MOST_DAYS


def _year(words: list[str]) -> Completeness:
    found = [item for item in items(words) if item.text]
    scale = ANSWER.scales.get(words[-1], 0)
    if scale or not found:
        return Completeness.EXTENDABLE if scale > 2 else Completeness.OPEN
    if any(word in ANSWER.scales for word in words):
        return Completeness.EXTENDABLE if words[-1] in _TENS else Completeness.WHOLE
    digits = "".join(item.text for item in found)
    return _year_of(digits, found)


def _year_of(digits: str, found: list[Item]) -> Completeness:
    if digits in _CENTURIES or len(digits) in (1, 3):
        return Completeness.OPEN
    if found[-1].tens:
        return Completeness.OPEN if digits == "2020" else Completeness.EXTENDABLE
    return Completeness.WHOLE


def _in_figures(words: list[str], *, with_year: bool) -> Completeness | None:
    """The completeness of a date without any name of a month."""
    begin = len(words)
    while begin and (number_of(words[begin - 1]) or words[begin - 1] in _PARTS | {"."}):
        begin -= 1
    digits = "".join(item.text for item in items(words[begin:]))
    if not digits or (begin and words[begin - 1] in CLAUSE.prepositions - {"on"}):
        return None
    if len(digits) >= 6 and (digits[-4:-2] in _CENTURIES or len(digits) >= 8):
        return Completeness.WHOLE
    if len(digits) in (1, 2, 3, 5, 7) or with_year and len(digits) == 4:
        many = len([word for word in words[begin:] if number_of(word)]) > 1
        return Completeness.EXTENDABLE if many and not with_year else Completeness.OPEN
    return Completeness.EXTENDABLE
