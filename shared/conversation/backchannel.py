"""Sounds by which a listener tells that they listen: no reason for anybody to fall silent."""

from shared.conversation.words import bare_words

_SOUNDS = frozenset(
    """hm hmm hmmm mm mmm mhm mmhm mm-hmm uh-huh uh huh um ah oh aha achha accha acha haan han haa
    ha हम्म हूँ हूं हाँ हां अच्छा""".split()  # noqa: SIM905
)


def meant(text: str) -> int:
    """How many of the words mean something."""
    return sum(word not in _SOUNDS for word in bare_words(text))
