"""Phone numbers that reach the LLM whole: in words, in figures, in one message."""

import pytest

from benchmarks.hearing.whole import holds_whole

DIGITS = "9876500012"


@pytest.mark.parametrize(
    "message",
    [
        "9876500012",
        "98765 00012",
        "My number is 98765, triple zero one two.",
        "nine eight seven six five um zero zero zero one two",
        "ninety eight seventy six fifty oh oh twelve",
        "नौ आठ सात छह पाँच शून्य शून्य शून्य एक दो",
        "नाइन एट सेवन सिक्स फाइव ज़ीरो ज़ीरो ज़ीरो वन टू",
    ],
)
def test_a_number_in_one_message_is_whole(message: str) -> None:
    assert holds_whole(["hello", message], DIGITS)


def test_a_number_in_two_messages_is_not_whole() -> None:
    assert not holds_whole(["nine eight seven six five", "triple zero one two"], DIGITS)
