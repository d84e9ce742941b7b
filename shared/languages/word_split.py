"""Words of a text, to be looked up, and the text as it can be compared."""

import re
import unicodedata
from collections.abc import Mapping

NUKTA = "\u093c"  # the dot under Devanagari letters, which some recognisers write and others don't
_SENTENCE = re.compile(r"[^.?!।]+[.?!।]*")
_AROUND = ".,;:!?…।\"'()-"  # a word


def bare_words(text: str) -> list[str]:
    """The words in lower case, without the punctuation around them."""
    return [bare for word in text.lower().split() if (bare := word.strip(_AROUND))]


def sentences(text: str) -> list[str]:
    """The sentences, each with the mark at its end; the last one may have none yet."""
    return [sentence.strip() for sentence in _SENTENCE.findall(text)]


def has_words(text: str) -> bool:
    """Whether there is something to say: at least one letter or digit, of any script."""
    return any(sign.isalnum() for sign in text)


def strip_nukta(text: str) -> str:
    """The text as it can be compared, however its Devanagari letters are written."""
    return unicodedata.normalize("NFD", text).replace(NUKTA, "")


def plain(text: str) -> str:
    """Lower case, with one way to write each sign and each Devanagari letter."""
    return " ".join(strip_nukta(text.lower()).replace("’", "'").split())


def whole_words(*alternatives: str) -> re.Pattern[str]:
    r"""A pattern of regular expressions for whole words, to be looked for in a `plain` text.

    Python's \b and \w stumble over Devanagari's vowel signs: here a word ends at white space or
    at a sign.
    """
    joined = strip_nukta("|".join(alternatives))
    return re.compile(rf"(?<![^\s\"'(,.:;-])(?:{joined})(?![^\s\"'),.:;?!।-])")


def text_of(content: object) -> str:
    """The text of a message's content, which is a string or a list of parts."""
    if isinstance(content, list):
        return " ".join(part.get("text", "") for part in content if isinstance(part, Mapping))
    return str(content)
