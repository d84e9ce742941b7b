"""A goodbye is said once, though the LLM writes it beside its `hang_up` call too."""

import pytest

from shared.conversation.farewell import not_said_yet


@pytest.mark.parametrize(
    ("said", "goodbye"),
    [
        ("Thank you for calling. Goodbye!", "Goodbye and thank you for calling us."),
        ("Thank you for calling. Goodbye!", ""),
        ("Bye.", "Good bye!"),
        ("It is booked. Have a nice day!", "Thank you, goodbye."),
        ("See you on Tuesday.", "Bye, take care."),
        ("धन्यवाद, नमस्ते।", "कॉल करने के लिए धन्यवाद। नमस्ते।"),
        ("Alvida, aapka din shubh ho!", "Namaste."),
        ("Dhanyavaad, namaste!", "Sunrise ko call karne ke liye dhanyavaad. Namaste."),
        ("Shukriya! Aapka din shubh ho.", "Shukriya, aapka din accha rahe."),
        ("धन्यवाद, आपका दिन शुभ हो।", "आपका दिन मंगलमय हो।"),
        ("ठीक है, फिर मिलते हैं।", ""),
        ("You're welcome. Enjoy your weekend!", "Bye."),
        ("ধন্যবাদ। বিদায়।", "বিদায়।"),
        ("Ha det bra, og takk for samtalen.", "Ha det bra."),  # not known, but the same words
        ("Thank you for calling, goodbye", "Goodbye, and thank you."),
    ],
)
def test_a_goodbye_that_was_said_is_not_said_again(said: str, goodbye: str) -> None:
    assert not_said_yet(goodbye, said) is None


@pytest.mark.parametrize(
    ("said", "goodbye"),
    [
        ("I have booked Tuesday for you.", "Thank you, see you then. Goodbye."),
        ("Sure.", "Goodbye."),
        ("Thank you.", "Goodbye."),
        ("We are open until nine.", ""),
        ("", "Goodbye."),
        ("The train to Goodbye Lane leaves at nine. It is blue. Is that all?", "Goodbye."),
    ],
)
def test_a_goodbye_that_was_not_said_is_said(said: str, goodbye: str) -> None:
    assert not_said_yet(goodbye, said) == goodbye


def test_what_the_caller_has_to_know_stays_in_a_goodbye_said_before() -> None:
    number = "Your booking has the number 4711."
    assert not_said_yet(f"{number} Goodbye.", "Thank you. Goodbye!") == number
    alone = "Goodbye, and your number is 4711."
    assert not_said_yet(alone, "Goodbye!") == alone
