"""Sounds of a listener, and words among them."""

import pytest

from shared.conversation.backchannel import meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("...", 0),
        ("hmm", 0),
        ("Hmm.", 0),
        ("mm-hmm", 0),
        ("Uh-huh, uh-huh.", 0),
        ("haan haan", 0),
        ("अच्छा।", 0),
        ("हाँ, हाँ", 0),
        ("stop", 1),
        ("Hmm, stop!", 1),
        ("yes", 1),
        ("no", 1),
        ("रुको", 1),
        ("wait a minute", 3),
    ],
)
def test_only_words_that_mean_something_count(text: str, words: int) -> None:
    assert meant(text) == words
