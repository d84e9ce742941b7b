"""Words for the TTS are letters and digits of any script; punctuation and emoji are none."""

import pytest

from shared.languages.word_split import has_words


@pytest.mark.parametrize(
    "text", ["We open at nine.", "7", "…ok…", "नमस्ते", "வணக்கம்", "é", "½", "😊 a"]
)
def test_letters_and_digits_of_any_script_are_words_for_the_tts(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", " \n", "...", "…", '""', "-", "😊", "❤️", "।", "\u200b", "*_"])
def test_punctuation_and_emoji_are_no_words_for_the_tts(text: str) -> None:
    assert not has_words(text)
