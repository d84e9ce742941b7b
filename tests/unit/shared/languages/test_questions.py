"""A question is known with its mark or without, in both languages."""

import pytest

from shared.languages.questions import is_question


@pytest.mark.parametrize(
    "sentence",
    [
        *("And you?", "Would you like to book it", "Please say your name.", "So, which day"),
        *("क्या आप आ सकते हैं", "आपका नाम क्या है", "Aap kab aayenge", "Book kar doon"),
    ],
)
def test_what_wants_an_answer_is_a_question(sentence: str) -> None:
    assert is_question(sentence)


@pytest.mark.parametrize("sentence", ["It is booked.", "आपकी बुकिंग हो गई है।", "Dhanyavaad."])
def test_a_statement_is_no_question(sentence: str) -> None:
    assert not is_question(sentence)
