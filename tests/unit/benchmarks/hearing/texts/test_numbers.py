"""Numbers in words: digit by digit, in pairs, doubled, in Hindi; and back in figures."""

from random import Random

import pytest

from benchmarks.hearing.texts.numbers import digits_said, english, in_figures, ordinal


@pytest.mark.parametrize(
    ("group", "style", "said"),
    [
        ("907", "", "nine zero seven"),
        ("907", "oh", "nine oh seven"),
        ("98", "pairs", "ninety eight"),
        ("05", "pairs", "zero five"),
        ("40", "pairs", "forty"),
    ],
)
def test_digits_are_said_in_a_style(group: str, style: str, said: str) -> None:
    assert digits_said(group, "en-IN", Random(1), style)[0] == said


def test_repeated_digits_may_be_said_as_double_and_triple() -> None:
    said = {digits_said("55000", "en-IN", Random(seed), "double")[0] for seed in range(40)}
    assert "double five triple zero" in said


def test_hindi_digits_are_said_in_devanagari_and_written_in_latin() -> None:
    assert digits_said("21", "hi-IN", Random(1), "") == ("दो एक", "do ek")
    assert digits_said("21", "hi-IN", Random(1), "hinglish") == ("टू वन", "two one")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("my number is nine eight double five", "my number is 9855"),
        ("triple zero oh seven", "00007"),
        ("ninety eight seventy six forty five", "987645"),
        ("forty fifteen", "4015"),
        ("um seven", "um 7"),
        ("nau aath सात", "987"),
    ],
)
def test_digits_in_words_become_figures(said: str, written: str) -> None:
    assert in_figures(said) == written


def test_numbers_and_days_have_names() -> None:
    assert [english(n) for n in (7, 13, 40, 56)] == ["seven", "thirteen", "forty", "fifty six"]
    assert [ordinal(n) for n in (1, 20, 28)] == ["first", "twentieth", "twenty eighth"]
