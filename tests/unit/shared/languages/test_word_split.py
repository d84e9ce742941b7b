"""What there is to say in a text."""

import pytest

from shared.languages.word_split import has_words


@pytest.mark.parametrize(
    "text", ["We open at nine.", "7", "…ok…", "नमस्ते", "வணக்கம்", "é", "½", "😊 a"]
)
def test_letters_and_digits_of_any_script_are_something_to_say(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", " \n", "...", "…", '""', "-", "😊", "❤️", "।", "\u200b", "*_"])
def test_anything_else_is_not(text: str) -> None:
    assert not has_words(text)
