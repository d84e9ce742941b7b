"""The completeness of what a caller has said, by the kind of answer that was asked for."""

import pytest

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from shared.languages.answers.vocabulary import ANSWER
from tests.support.answers_in_pieces import IN_PIECES
from tests.support.answers_said import SAID

HELD = 0.9  # of all pauses; at the others a sentence is whole by its words


def expect(kind: str) -> ExpectedAnswer | None:
    """The answer of a kind in the tables."""
    return ExpectedAnswer(AnswerKind(kind)) if kind else None


@pytest.mark.parametrize(("kind", "text", "levels"), SAID)
def test_words_are_as_complete_as_an_answer_as_they_look(kind: str, text: str, levels: str) -> None:
    said = completeness(text, expect(kind))
    assert said in [Completeness[level] for level in levels.split()]


def is_bare(kind: str, pieces: list[str]) -> bool:
    """Whether it is a short address without a city, behind which one mostly comes."""
    words = " ".join(pieces).split()
    return kind == "address" and not any(word in ANSWER.cities for word in words)


@pytest.mark.parametrize(
    ("kind", "pieces"), [(kind, pieces) for kind, pieces in IN_PIECES if not is_bare(kind, pieces)]
)
def test_a_whole_answer_is_never_open(kind: str, pieces: list[str]) -> None:
    said = " ".join(pieces)
    if kind == "address" and not ANSWER.cities.intersection(said.split()):
        return  # its city may follow
    assert completeness(said, expect(kind)) is not Completeness.OPEN


def test_nearly_all_answers_that_stop_in_a_pause_are_waited_for() -> None:
    levels = [
        completeness(" ".join(pieces[:count]), expect(kind))
        for kind, pieces in IN_PIECES
        for count in range(1, len(pieces))
    ]
    held = [each in (Completeness.OPEN, Completeness.EXTENDABLE) for each in levels]
    assert sum(held) / len(held) >= HELD


def test_a_date_of_birth_needs_its_year_and_another_date_does_not() -> None:
    born = ExpectedAnswer(AnswerKind.DATE, frozenset({6, 8}))
    assert completeness("fifth of march", born) is Completeness.OPEN
    assert completeness("the fifth", born) is Completeness.OPEN
    assert completeness("fifth of march", ExpectedAnswer(AnswerKind.DATE)) is Completeness.ANY
    assert completeness("fifth of march nineteen ninety one", born) is Completeness.WHOLE


@pytest.mark.parametrize("text", ["", "...", "  "])
def test_nothing_is_known_of_no_words(text: str) -> None:
    assert completeness(text) is Completeness.ANY
