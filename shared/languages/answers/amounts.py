"""Amounts: "two lakh" may go on with "fifty thousand", and behind "rupees" nothing comes."""

from collections.abc import Sequence

from shared.languages.answers.characters import number_of
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER

_JOINS = ANSWER.inside
_ROUND = "000"


def amount(words: Sequence[str], *, asked: bool) -> Completeness | None:
    """The completeness of an amount that the words end with; None if they end with none."""
    core = list(words)
    while core and (core[-1] in ANSWER.after or core[-1] in ANSWER.polite):
        if core[-1] in ANSWER.currencies:
            break
        core.pop()
    if asked and core and core[-1] in ANSWER.ranges:
        return Completeness.OPEN
    tail = _tail(core)
    while tail and tail[0] in _JOINS:
        tail.pop(0)
    named = any(
        word in ANSWER.scales
        or word in ANSWER.currencies
        or word in ANSWER.half_more
        or word == "₹"
        for word in tail
    )
    if not tail or not (asked or named):
        return None
    level = _level(tail)
    if level is Completeness.WHOLE and not asked and len(tail) < len(core):
        return Completeness.ANY  # a sentence ends with it
    return level


def _tail(words: list[str]) -> list[str]:
    """The words at the end that an amount is made of."""
    begin = len(words)
    while begin and _belongs(words[begin - 1]):
        begin -= 1
    return words[begin:]


def _belongs(word: str) -> bool:
    lists = (
        ANSWER.scales,
        ANSWER.currencies,
        ANSWER.halves,
        ANSWER.half_more,
        ANSWER.points,
        _JOINS,
    )
    return word in "₹." or bool(number_of(word)) or any(word in known for known in lists)


def _level(tail: list[str]) -> Completeness:
    last = tail[-1]
    if last in ANSWER.currencies and len(tail) > 1:
        return Completeness.WHOLE
    if last in _JOINS or last in ANSWER.points or last in ANSWER.half_more or last in "₹.":
        return Completeness.OPEN
    if last in ANSWER.currencies:
        return Completeness.EXTENDABLE
    digits = number_of(last)
    hundreds = len(tail) > 2 and ANSWER.scales.get(tail[-2]) == 2
    exact = digits and (len(digits) > len(_ROUND) or hundreds) and not digits.endswith("0")
    return Completeness.ANY if exact else Completeness.EXTENDABLE
