"""Patterns of the words by which a bot asks for keys, in all languages that are known."""

import re
from collections.abc import Iterable

from shared.languages.catalogue import WORDS
from shared.languages.spoken_digits import NUMBERS
from shared.languages.word_split import strip_nukta, whole_words

_WORDS = WORDS.keypad_words
_ASKING_NUMBERS = {strip_nukta(word): value for word, value in _WORDS.asking_numbers.items()}
_STARS = {"*", *map(strip_nukta, _WORDS.star)}


def number_of(word: str) -> int | None:
    """The number that a word is, if it is one."""
    return int(word) if word.isdecimal() else _ASKING_NUMBERS.get(word, NUMBERS.get(word))


def key_of(word: str) -> str:
    """The key that a word names."""
    number = number_of(word)
    return str(number) if number is not None else "*" if word in _STARS else "#"


def _any_of(*alternatives: str) -> str:
    return strip_nukta("|".join(alternatives))


def _menu(key: str, patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_any_of(*patterns).replace("{key}", f"({key})"))


_KEY = _any_of("[0-9]", *_WORDS.keys, r"\*|#")
_UP_TO = _any_of(*_WORDS.up_to)

TYPES = whole_words(*_WORDS.types)  # somebody is bidden to use the keys
ASKS = whole_words(*_WORDS.asks)  # something is asked for, so that it may be said or typed
AGAIN = whole_words(*_WORDS.again)
# Questions that a yes answers, after a word or two of transition.
YES_OR_NO = re.compile(
    rf"(?:(?:{_any_of(*_WORDS.transitions)})\b[,.!]? ?)*(?:{_any_of(*_WORDS.yes_or_no)})"
)
FORBIDS = re.compile(_any_of(*_WORDS.forbids))
READ_BACK = re.compile(r"\d(?:[ -]?\d){4}")
HASH_ENDS = re.compile(
    rf"(?:{_any_of(*_WORDS.hash_last)}),? .{{0,24}}?(?<!\S)(?:{_any_of(*_WORDS.hash, '#')})"
)
MENU_KEY = _menu(_KEY, _WORDS.menu)
MORE_KEYS = re.compile(rf"(?<!\S)({_KEY}),? (?:{_any_of(*_WORDS.purpose)})(?!\S)")
SCALE = re.compile(
    rf"(?:1|{_any_of(*_WORDS.first)}) (?:{_any_of(*_WORDS.through, *_WORDS.up_to)})"
    rf" (\d+|{_any_of(*_WORDS.last)})"
)
_COUNT_WORD = r"([^\s,.:;-]+)"
# The second group is set between the least and the most, the third between two that are meant.
COUNT = re.compile(
    rf"(?:{_COUNT_WORD} (?:({_UP_TO})|{_any_of(*_WORDS.either)}) )?{_COUNT_WORD}[- ]?"
    rf"(?:{_any_of(*_WORDS.digits)})"
)
