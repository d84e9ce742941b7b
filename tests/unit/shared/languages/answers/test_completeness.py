"""The completeness of what a caller has said, by the kind of answer that was asked for."""

import pytest

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from tests.support.answers_said import SAID


@pytest.mark.parametrize(("kind", "text", "levels"), SAID)
def test_words_are_as_complete_as_an_answer_as_they_look(kind: str, text: str, levels: str) -> None:
    expected = ExpectedAnswer(AnswerKind(kind)) if kind else None
    said = completeness(text, expected)
    assert said in [Completeness[level] for level in levels.split()]
