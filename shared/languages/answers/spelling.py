"""Spelled names: letters go on until they spell the name that was said before them.

If none was said, a list of names tells what they may become.
"""

import re
from collections.abc import Sequence

from shared.languages.answers.characters import Run
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.catalogue import WORDS

_LEAST = 3  # letters that may be a name
_NAME_WORDS = 3  # before the letters, among which the name is
_LEAST_OF_TWO = 4  # letters of a first name, behind which a surname may be spelled
_BEGINNINGS = frozenset(name[:end] for name in ANSWER.names for end in range(1, len(name)))


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
    return _of_known(letters) or (
        Completeness.OPEN if len(letters) < _LEAST else Completeness.EXTENDABLE
    )


def _of_known(letters: str) -> Completeness | None:
    """The completeness of the letters of a name in the list, or of two; None of any other."""
    begins = letters in _BEGINNINGS
    if letters in ANSWER.names:
        return Completeness.EXTENDABLE if begins else Completeness.WHOLE
    if begins:
        return Completeness.OPEN
    for end in range(len(letters) - 1, _LEAST_OF_TWO - 1, -1):
        if letters[:end] in ANSWER.names:
            return _of_known(letters[end:])
    return None


def _sounds_like(letters: str, name: str) -> bool:
    """Whether a name in another script is spelled like this."""
    if name.isascii() or not letters.isascii():
        return False
    patterns = (pattern_of(letters) for pattern_of in WORDS.written.spellings)
    return any(re.fullmatch(pattern, name) for pattern in patterns)
