"""Every language with prompts has each of them, as a whole sentence in that language."""

from dataclasses import astuple, fields

import pytest

from shared.languages.catalogue import prompts_in
from shared.languages.english.prompts import ENGLISH
from shared.languages.hindi.prompts import HINDI
from shared.languages.prompts import Prompts


@pytest.mark.parametrize("prompts", [ENGLISH, HINDI], ids=["English", "Hindi"])
def test_no_prompt_is_empty_or_there_twice(prompts: Prompts) -> None:
    assert len(list(prompts)) == len(fields(Prompts))
    assert all(line and line == line.strip() for line in prompts)
    assert len(set(prompts)) == len(fields(Prompts))


def test_no_prompt_of_one_language_stands_in_another() -> None:
    assert not set(ENGLISH) & set(HINDI)
    assert all(line.isascii() for line in ENGLISH)
    assert not any(letter.isascii() and letter.isalpha() for line in HINDI for letter in line)


@pytest.mark.parametrize("line", astuple(ENGLISH) + astuple(HINDI))
def test_every_prompt_is_a_sentence(line: str) -> None:
    assert line[-1] in ".?।"


@pytest.mark.parametrize(
    ("language", "prompts"),
    [
        ("hi-IN", HINDI),
        ("hi", HINDI),
        ("HI-in", HINDI),
        ("en-IN", ENGLISH),
        ("en-US", ENGLISH),
        ("ta-IN", ENGLISH),
    ],
)
def test_prompts_are_in_the_personas_language_or_in_english(
    language: str, prompts: Prompts
) -> None:
    assert prompts_in(language) is prompts
