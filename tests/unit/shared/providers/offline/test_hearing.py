"""Meaning of an utterance or a DTMF key in the scripted LLM's dialogue."""

import pytest

from shared.providers.offline.grammar import Phrase, sentences
from shared.providers.offline.hearing import UNCLEAR, meaning


@pytest.mark.parametrize("phrase", Phrase)
def test_every_sentence_of_the_stt_grammar_is_understood(phrase: Phrase) -> None:
    assert {meaning(said) for said in sentences([phrase])} == {phrase}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{UNCLEAR} book an appointment", Phrase.BOOK),
        (f"wait {UNCLEAR}", Phrase.WAIT),
        ("no wednesday", Phrase.WEDNESDAY),
        ("I'd like to BOOK AN APPOINTMENT, please!", Phrase.BOOK),
        ("DTMF: 2", "2"),
        ("DTMF: 12#", "2"),
        ("DTMF: *", "*"),
        ("goodbye DTMF: 0", "0"),
        (UNCLEAR, None),
        ("DTMF: #", None),
        ("nothing yesterday", None),
        ("", None),
    ],
)
def test_the_last_phrase_or_dtmf_key_of_a_turn_counts(
    text: str, expected: Phrase | str | None
) -> None:
    assert meaning(text) == expected
