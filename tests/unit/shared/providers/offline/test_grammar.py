import pytest

from shared.providers.offline.grammar import WORDINGS, Phrase, jsgf, pronunciations, sentences


def test_every_wording_contains_its_phrase() -> None:
    for phrase in Phrase:
        assert all(f" {phrase} " in f" {said} " for said in sentences([phrase]))


def test_optional_words_may_be_left_out() -> None:
    assert sentences([Phrase.TUESDAY]) == {
        "tuesday",
        "on tuesday",
        "tuesday please",
        "on tuesday please",
    }


def test_the_grammar_holds_the_expected_phrases_only() -> None:
    text = jsgf([Phrase.YES, Phrase.GOODBYE])
    assert text.startswith("#JSGF V1.0;\n")
    assert "public <said> = (yes [please]) | (goodbye);" in text
    assert WORDINGS[Phrase.BOOK] not in text


def test_pronunciations_come_with_all_their_variants() -> None:
    dictionary = ["hours AW ER Z\n", "hours(2) AW R Z\n", "ours AW R Z\n", "no N OW\n"]
    assert pronunciations(dictionary, ["hours", "no"]) == {
        "hours": ["AW ER Z", "AW R Z"],
        "no": ["N OW"],
    }


def test_a_word_without_pronunciation_is_named() -> None:
    with pytest.raises(KeyError, match="exotel"):
        pronunciations(["no N OW\n"], ["no", "exotel"])
