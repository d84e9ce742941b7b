"""Backchannels: what a listener says only to tell that they listen; nobody need fall silent.

Over a statement "okay" is nothing else; after a question it is the answer. Which of the two it was
is for whoever knows what was being said.
"""

from shared.languages.catalogue import WORDS
from shared.languages.word_split import bare_words

_WORDS = WORDS.backchannels


def meant(text: str) -> int:
    """How many of the words mean something."""
    return sum(
        word not in _WORDS.murmurs and word not in _WORDS.hummed for word in bare_words(text)
    )


def assents(text: str) -> bool:
    """Whether all that it says is yes, or that somebody follows."""
    assent, rest = _after_assent(text)
    return assent and not rest


def may_assent(text: str) -> bool:
    """Whether it is assent, or may become that with its next word: "sounds" of "sounds good"."""
    assent, rest = _after_assent(text)
    begun = f"{' '.join(rest)} "
    return assent if not rest else any(phrase.startswith(begun) for phrase in _WORDS.phrases)


def _after_assent(text: str) -> tuple[bool, list[str]]:
    """Whether there is assent at the beginning, and the words behind it."""
    words = bare_words(text.replace("’", "'"))
    assent = False
    while words:
        if size := next((size for size in (3, 2) if " ".join(words[:size]) in _WORDS.phrases), 0):
            words, assent = words[size:], True
        elif words[0] in _WORDS.said or words[0] in _WORDS.hummed:
            words, assent = words[1:], True
        elif words[0] in _WORDS.murmurs or words[0] in _WORDS.to_whom:
            words = words[1:]
        else:
            break
    return assent, words
