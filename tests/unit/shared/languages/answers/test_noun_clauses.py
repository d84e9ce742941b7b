"""A noun with its clause is no sentence yet, and many sentences stop in it."""

import pytest

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.noun_clauses import lacks_main_verb
from tests.support.sentences_in_pieces import OPEN_BEGINNINGS, WHOLE_SENTENCES

OPEN = 0.8  # of all beginnings; the others are answers as well, such as "mere account se"


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ("the person who came yesterday", True),
        ("the order that I placed", True),
        ("the parcel which was supposed to come", True),
        ("the money I sent", True),
        ("the person who came was rude", False),
        ("the order that I placed is wrong", False),
        ("the one that I want", False),
        ("I want it", False),
    ],
)
def test_a_noun_with_a_clause_wants_its_verb(said: str, lacks: bool) -> None:
    assert lacks_main_verb(said.lower().split()) is lacks


def test_most_beginnings_of_sentences_are_open() -> None:
    levels = [completeness(said) for said in OPEN_BEGINNINGS]
    assert levels.count(Completeness.OPEN) / len(levels) >= OPEN


@pytest.mark.parametrize("said", WHOLE_SENTENCES)
def test_a_whole_sentence_is_not_open(said: str) -> None:
    assert completeness(said) is not Completeness.OPEN
