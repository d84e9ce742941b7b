"""The offline STT's grammar: phrases, optional words and pronunciations."""

import pytest

from shared.providers.offline.grammar import WORDINGS, Phrase, jsgf, pronunciations, sentences


def test_every_wording_of_the_stt_grammar_contains_its_phrase() -> None:
    for phrase in Phrase:
        assert all(f" {phrase} " in f" {said} " for said in sentences([phrase]))


def test_optional_words_of_the_stt_grammar_may_be_left_out() -> None:
    assert sentences([Phrase.TUESDAY]) == {
        "tuesday",
        "on tuesday",
        "tuesday please",
        "on tuesday please",
    }


def test_the_stt_grammar_holds_the_expected_phrases_only() -> None:
    text = jsgf([Phrase.YES, Phrase.GOODBYE])
    assert text.startswith("#JSGF V1.0;\n")
    assert "public <said> = (yes [please]) | (goodbye);" in text
    assert WORDINGS[Phrase.BOOK] not in text


def test_the_stt_dictionary_has_all_pronunciations_of_a_word() -> None:
    dictionary = ["hours AW ER Z\n", "hours(2) AW R Z\n", "ours AW R Z\n", "no N OW\n"]
    assert pronunciations(dictionary, ["hours", "no"]) == {
        "hours": ["AW ER Z", "AW R Z"],
        "no": ["N OW"],
    }


def test_a_word_missing_from_the_stt_dictionary_is_named() -> None:
    with pytest.raises(KeyError, match="exotel"):
        pronunciations(["no N OW\n"], ["no", "exotel"])
