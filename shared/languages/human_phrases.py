"""Phrases of living people who answer a call, whatever machines' words they use too."""

from shared.languages.catalogue import WORDS
from shared.languages.machine_phrases import compiled, normalise

_PHRASES = WORDS.human_phrases
_WORD_END = r"(?!\S)"
_ANSWER = compiled(f"(?:{each}){_WORD_END}" for each in _PHRASES.answers)
_TALK = compiled(f"(?:{each}){_WORD_END}" for each in _PHRASES.talks)
_GREETING = compiled(f"(?:{each}){_WORD_END}" for each in _PHRASES.greets)
_OWN = compiled(f"(?:{each}){_WORD_END}" for each in _PHRASES.of_self)


def answers(text: str) -> bool:
    """Whether they surely talk to whoever called: no machine is asked, or related to anybody."""
    return bool(_ANSWER.search(normalise(text)))


def talks(text: str) -> bool:
    """Whether they talk as people do, and recordings seldom."""
    return "?" in text or answers(text) or bool(_TALK.search(normalise(text)))


def greets(text: str) -> bool:
    """Whether there is a hello in it, as in some recordings."""
    return bool(_GREETING.search(normalise(text)))


def speaks_of_self(text: str) -> bool:
    """Whether there is an "I" in it, as in people's own recordings."""
    return bool(_OWN.search(normalise(text)))
