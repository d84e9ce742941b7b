"""Goodbyes that have been said already, so that nobody says one twice."""

import re

from shared.languages.farewells import says_goodbye
from shared.languages.word_split import bare_words

ALREADY = 0.8  # of a sentence's words, which make it a repetition

_SENTENCE = re.compile(r"[^.!?।]+[.!?।]*\s*")
_LAST_SENTENCES = 2  # of what was said, where a goodbye stands


def not_said_yet(goodbye: str, said: str) -> str | None:
    """What of a goodbye is still to be said.

    Args:
        goodbye: The last words; "" stands for the usual line.
        said: What the same speaker has just said.

    Returns:
        None if nothing is.
    """
    end = "".join(_SENTENCE.findall(said)[-_LAST_SENTENCES:])
    parted = says_goodbye(end)
    if not goodbye:
        return None if parted else ""
    words, numbers = set(bare_words(end)), set(re.findall(r"\d+", said))
    left = [
        sentence
        for sentence in _SENTENCE.findall(goodbye)
        if not (parted and says_goodbye(sentence) or _repeats(sentence, words))
        or set(re.findall(r"\d+", sentence)) - numbers
    ]
    return "".join(left).strip() or None


def _repeats(sentence: str, said: set[str]) -> bool:
    words = bare_words(sentence)
    return sum(word in said for word in words) >= ALREADY * len(words)
