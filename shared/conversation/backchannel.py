"""Sounds by which a listener tells that they listen: no reason for anybody to fall silent."""

_AROUND = ".,;:!?…।\"'()-"
_SOUNDS = frozenset(
    """hm hmm hmmm mm mmm mhm mmhm mm-hmm uh-huh uh huh um ah oh aha achha accha acha haan han haa
    ha हम्म हूँ हूं हाँ हां अच्छा""".split()  # noqa: SIM905
)


def meant(text: str) -> int:
    """How many of the words mean something."""
    words = [word.strip(_AROUND) for word in text.lower().split()]
    return sum(bool(word) and word not in _SOUNDS for word in words)
