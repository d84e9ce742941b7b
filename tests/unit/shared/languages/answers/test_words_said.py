"""The tokens of what an STT writes."""

import pytest

from shared.languages.answers.words_said import read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My number is 98765-43210.", "my number is 98765 43210"),
        ("₹2,50,000", "₹ 250000"),
        ("2.5 lakhs", "2 . 5 lakhs"),
        ("J.Smith@gmail.com.", "j . smith @ gmail . com"),
        ("At 5 p.m., or 5:30PM?", "at 5 pm or 5:30 pm"),
        ("the 15th, 15/08/1998", "the 15th 15/08/1998"),
        ("It\u2019s K-R-I", "it's k r i"),
        ("९८७६५", "98765"),
        ("KA01AB1234", "ka 01 ab 1234"),
        ("+91 98765", "+ 91 98765"),
        ("...", ""),
    ],
)
def test_words_are_plain_however_they_are_written(text: str, words: str) -> None:
    assert " ".join(read(text).words) == words


def test_sentences_and_questions_are_known_by_their_marks() -> None:
    said = read("Yes. I do! Where are you?")
    assert said.stops == (1, 3)
    assert said.asks
    assert not read("Where? Here.").asks
