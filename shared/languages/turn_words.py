"""The completeness of a turn, by its words: whether more of them is to come."""

from enum import Enum, auto

from shared.languages.catalogue import WORDS
from shared.languages.word_split import bare_words


class Completeness(Enum):
    """The completeness of a caller's turn, as its words look when they pause."""

    OPEN = auto()  # they stop in the middle
    CODE = auto()  # as many digits as a PIN or an OTP has, which may be a part of a phone number
    FEW = auto()  # a digit or two, and nothing else
    SHORT = auto()  # a whole answer of a word or two
    ANY = auto()  # nobody can tell


PHONE_DIGITS = 10  # of a number in India, without its prefix
CODES = (4, 6)  # digits
SHORT_WORDS = 3

_WORDS = WORDS.turn_words
_WHOLE = tuple(_WORDS.whole)


def classify(text: str) -> Completeness:
    """The completeness of what has been said so far."""
    words = bare_words(text)
    digits, alone = _trailing_digits(words)
    if digits in CODES:
        return Completeness.CODE
    if 3 <= digits < PHONE_DIGITS:
        return Completeness.OPEN
    if alone and 0 < digits < 3:
        return Completeness.FEW
    short = 0 < len(words) <= SHORT_WORDS
    if words and _goes_on(words) and not text.rstrip().endswith("?"):
        return Completeness.OPEN
    return Completeness.SHORT if short else Completeness.ANY


def _goes_on(words: list[str]) -> bool:
    said = " ".join(words)
    if said.endswith(_WHOLE) or (words[0] in _WORDS.answers and len(words) <= SHORT_WORDS):
        return False
    return words[-1] in _WORDS.go_on or " ".join(words[-2:]) in _WORDS.pairs


def _trailing_digits(words: list[str]) -> tuple[int, bool]:
    """How many digits the words end with, and whether there is nothing before them.

    `nine double eight 7 6` are five.
    """
    count = 0
    for position in range(len(words) - 1, -1, -1):
        word = words[position]
        if word.isdecimal():
            count += len(word)
        elif word in _WORDS.digits:
            count += 1
            if position and words[position - 1] in _WORDS.times:
                count += _WORDS.times[words[position - 1]] - 1
        elif word not in _WORDS.times:
            return count, False
    return count, True
