"""Stage directions: how something is to be said, or what somebody does meanwhile."""

import re

from shared.languages.catalogue import WORDS
from shared.languages.normalization.written_words import any_of

_DIRECTION = re.compile(any_of(WORDS.written.directions))

_PARENTHESES = re.compile(r"\(([^()\n]{2,60})\)")
_STARRED = re.compile(
    r"(?<![\w*])(?P<mark>\*{1,3}|_{1,3}|~{1,2})(?=[^\s*_~])([^*_~\n]{2,60})(?P=mark)(?![\w*])"
)
_AROUND = " .,!?\u2026-\u2013\u2014:;"


def without_directions(text: str) -> str:
    """The text without `(pauses)`, `*smiles*` and the like; what else is in parentheses is said."""
    if "(" in text:
        text = _PARENTHESES.sub(lambda found: _unless_direction(found[0], found[1]), text)
    if any(mark in text for mark in "*_~"):
        text = _STARRED.sub(lambda found: _unless_direction(found[0], found[2]), text)
    return text


def _unless_direction(written: str, within: str) -> str:
    bare = within.strip(_AROUND).lower()
    return "" if not bare or _DIRECTION.fullmatch(bare) else written
