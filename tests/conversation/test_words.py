"""Words and what has none."""

import pytest

from shared.conversation.words import has_words


@pytest.mark.parametrize("text", ["a", "5", "…yes", "हाँ", "क", "வா", "५", "é"])
def test_a_letter_or_a_digit_is_something_to_say(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", " ", "...", '""', "—", "😀", "।", "*", "-\n"])
def test_marks_are_not(text: str) -> None:
    assert not has_words(text)
