"""A farewell is known in every language that has a folder with one."""

import pytest

from shared.languages.farewells import says_goodbye


@pytest.mark.parametrize(
    "text",
    [
        *("Good bye!", "Have a nice day.", "Thank you for calling us.", "Alvida!"),
        *("नमस्ते।", "आपका दिन शुभ हो।", "வணக்கம்", "నమస్కారం", "আজ বিদায়", "خدا حافظ"),
    ],
)
def test_a_farewell_is_known(text: str) -> None:
    assert says_goodbye(text)


@pytest.mark.parametrize("text", ["The byelaws apply.", "It is a good day to visit.", "ठीक है।"])
def test_other_words_are_none(text: str) -> None:
    assert not says_goodbye(text)
