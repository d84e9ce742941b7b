"""Spelled names: letters go on until they spell the name that was said before them."""

import re
from collections.abc import Sequence

from shared.languages.answers.characters import Run
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.catalogue import WORDS

_LEAST = 3  # letters that may be a name
_NAME_WORDS = 3  # before the letters, among which the name is


def spelling(words: Sequence[str], run: Run) -> Completeness:
    """The completeness of the letters that the words end with."""
    if run.opens:
        return Completeness.OPEN
    letters = run.text
    names = list(words[max(run.begin - _NAME_WORDS, 0) : run.begin])
    names = [name for name in names if name not in ANSWER.hesitations]
    for begin in range(len(names)):
        name = "".join(names[begin:])
        if name == letters or _sounds_like(letters, name):
            return Completeness.WHOLE
        if len(name) >= _LEAST and name.startswith(letters):
            between = any(letters == "".join(names[begin:end]) for end in range(begin, len(names)))
            return Completeness.EXTENDABLE if between else Completeness.OPEN
    return Completeness.OPEN if len(letters) < _LEAST else Completeness.EXTENDABLE


def _sounds_like(letters: str, name: str) -> bool:
    """Whether a name in another script is spelled like this."""
    if name.isascii() or not letters.isascii():
        return False
    patterns = (pattern_of(letters) for pattern_of in WORDS.written.spellings)
    return any(re.fullmatch(pattern, name) for pattern in patterns)
