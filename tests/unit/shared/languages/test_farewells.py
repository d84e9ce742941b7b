"""A goodbye is told from other words in every language that has farewells."""

import pytest

from shared.languages.farewells import says_goodbye


@pytest.mark.parametrize(
    "text",
    [
        *("Good bye!", "Have a nice day.", "Thank you for calling us.", "Alvida!"),
        *("नमस्ते।", "आपका दिन शुभ हो।", "வணக்கம்", "నమస్కారం", "আজ বিদায়", "خدا حافظ"),
    ],
)
def test_a_farewell_is_known_for_a_goodbye(text: str) -> None:
    assert says_goodbye(text)


@pytest.mark.parametrize("text", ["The byelaws apply.", "It is a good day to visit.", "ठीक है।"])
def test_other_words_are_no_farewell(text: str) -> None:
    assert not says_goodbye(text)
