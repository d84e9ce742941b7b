"""Codes of letters and digits: PAN, IFSC code, vehicle number, PNR, reference number."""

import re
from collections.abc import Collection, Sequence

from shared.languages.answers.characters import items
from shared.languages.answers.kinds import AnswerKind, Completeness
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.catalogue import WORDS

_LENGTHS = {
    AnswerKind.PAN: 10,
    AnswerKind.IFSC: 11,
    AnswerKind.PASSPORT: 8,
    AnswerKind.VOTER_ID: 10,
    AnswerKind.GSTIN: 15,
}
_PNR_OF_AIRLINES = 6
_LEAST_REFERENCE = 4
_VEHICLE = re.compile(r"[a-z]{2}\d{1,2}[a-z]{1,3}\d{4}|\d\dbh\d{4}[a-z]{2}")
_SHORT_OF_VEHICLE = re.compile(r"[a-z]{2}\d{5,6}|\d\dbh\d{4}[a-z]")
_MOST_OF_VEHICLE = 11
_PART = 5  # letters of a word that may be said for the letters themselves, such as "SBIN"
_FILLERS = WORDS.spoken_digits.fillers
KINDS = frozenset({*_LENGTHS, AnswerKind.VEHICLE, AnswerKind.PNR, AnswerKind.REFERENCE})


def code(words: Sequence[str], kind: AnswerKind, lengths: Collection[int]) -> Completeness | None:
    """The completeness of a code; None if the words don't end with characters of one."""
    text, opens = _characters(words)
    if opens:
        return Completeness.OPEN
    if not text or (text.isdecimal() and kind in (AnswerKind.PNR, AnswerKind.REFERENCE)):
        return None
    if kind is AnswerKind.VEHICLE:
        return _vehicle(text)
    if kind is AnswerKind.PNR:
        whole = len(text) >= _PNR_OF_AIRLINES
    elif kind is AnswerKind.REFERENCE and not lengths:
        enough = len(text) >= _LEAST_REFERENCE
        return Completeness.EXTENDABLE if enough else Completeness.OPEN
    else:
        whole = len(text) >= (max(lengths, default=0) or _LENGTHS.get(kind, 0))
    return Completeness.WHOLE if whole else Completeness.OPEN


def _vehicle(text: str) -> Completeness:
    if _VEHICLE.fullmatch(text) or len(text) > _MOST_OF_VEHICLE:
        return Completeness.WHOLE
    return Completeness.EXTENDABLE if _SHORT_OF_VEHICLE.fullmatch(text) else Completeness.OPEN


def _characters(words: Sequence[str]) -> tuple[str, bool]:
    """The characters at the end, and whether more has to follow."""
    text, sure, opens = "", False, False
    found = items(words)
    for place, item in enumerate(found):
        word = words[item.begin]
        following = found[place + 1].text if place + 1 < len(found) else ""
        if item.text or item.opens:
            text, sure, opens = text + item.text, True, item.opens
        elif _is_part(word) and not following.isalpha():
            text, opens = text + word, False
        elif text and (word in ANSWER.inside or word in ANSWER.after or word in ANSWER.polite):
            continue
        else:
            text, sure, opens = "", False, False
    return (text, opens) if sure else ("", False)


def _is_part(word: str) -> bool:
    """Whether it may be said for its letters."""
    letters = word.isascii() and word.isalpha() and len(word) <= _PART
    others = (ANSWER.hesitations, ANSWER.inside, ANSWER.after, ANSWER.polite, ANSWER.numbered)
    return letters and not any(word in known for known in (*others, _FILLERS))
