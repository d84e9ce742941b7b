"""A backchannel is told from words that mean something, in English and Hindi."""

import pytest

from shared.languages.backchannels import assents, may_assent, meant


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
def test_a_backchannel_counts_as_no_words(text: str, words: int) -> None:
    assert meant(text) == words


@pytest.mark.parametrize(
    "text",
    [
        *("ओके", "ओके सर", "यस", "राइट", "हाँ बोलिए", "समझ में आया", "जी, सही बात है", "haanji"),
        *("go on", "okay, carry on", "oh, that is right", "that's fine", "noted", "samajh aa gaya"),
    ],
)
def test_a_backchannel_in_words_is_an_assent(text: str) -> None:
    assert assents(text)


@pytest.mark.parametrize(
    "text", ["ओके लेकिन", "यस बताइए कब", "go back", "oh", "no", "या", "right now"]
)
def test_more_or_less_than_a_backchannel_in_words_is_no_assent(text: str) -> None:
    assert not assents(text)


@pytest.mark.parametrize(
    "text", ["sounds", "i", "haan that", "okay got", "yes", "theek", "hmm okay"]
)
def test_what_may_become_assent_with_its_next_word_is_a_backchannel_so_far(text: str) -> None:
    assert may_assent(text)


@pytest.mark.parametrize("text", ["stop", "sounds bad", "i want", "hmm", "okay but", ""])
def test_what_can_become_no_assent_any_more_is_no_backchannel(text: str) -> None:
    assert not may_assent(text)
