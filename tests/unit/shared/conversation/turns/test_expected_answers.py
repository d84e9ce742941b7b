"""The expected answer: what the bot's words ask for, until it has come or the talk moves on."""

import pytest

from shared.bot.persona import Persona
from shared.conversation.turns.expected_answers import ExpectedAnswers
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from shared.languages.questions import MOVED_ON_WORDS

PHONE, EMAIL = ExpectedAnswer(AnswerKind.PHONE_NUMBER), ExpectedAnswer(AnswerKind.EMAIL)


def asked(*texts: str) -> ExpectedAnswers:
    expected = ExpectedAnswers()
    for text in texts:
        expected.bot_says(text)
    return expected


def kind(expected: ExpectedAnswers) -> AnswerKind | None:
    return expected.current.kind if expected.current else None


@pytest.mark.parametrize(
    "texts",
    [
        ("What is your mobile number?",),
        ("Thank you.", "What is your mobile number?"),
        ("What is your", "mobile number?"),
        ("What is your mobile number?", "Please say all ten digits."),
        ("आपका मोबाइल नंबर क्या है?",),
    ],
)
def test_the_bots_words_tell_what_answer_is_expected(texts: tuple[str, ...]) -> None:
    assert kind(asked(*texts)) is AnswerKind.PHONE_NUMBER


def test_nothing_is_expected_of_somebody_who_was_told_something() -> None:
    assert kind(asked("We are open from nine to five.")) is None


def test_the_last_question_counts() -> None:
    expected = asked("What is your mobile number?", "Or your email address?")
    assert kind(expected) is AnswerKind.EMAIL


def test_an_answer_that_has_come_is_expected_no_longer_when_the_bot_goes_on() -> None:
    expected = asked("What is your mobile number?")
    expected.caller_said("nine eight seven six five four three two one zero")
    assert kind(expected) is AnswerKind.PHONE_NUMBER  # they may still correct it
    expected.bot_says("Thank you.")
    assert kind(expected) is None


def test_an_answer_that_is_to_come_is_expected_behind_a_bots_statement() -> None:
    expected = asked("What is your mobile number?")
    expected.caller_said("let me see")
    expected.bot_says("Take your time.")
    assert kind(expected) is AnswerKind.PHONE_NUMBER


def test_a_long_statement_is_the_end_of_a_question() -> None:
    expected = asked("What is your mobile number?")
    expected.caller_said("let me see")
    expected.bot_says("so it goes " * MOVED_ON_WORDS)
    assert kind(expected) is None


def test_prompts_are_no_part_of_the_talk() -> None:
    expected = ExpectedAnswers(ignored=["Are you still there?"])
    expected.bot_says("What is your mobile number?")
    expected.caller_said("let me see")
    expected.bot_says("Are you still there?")
    assert kind(expected) is AnswerKind.PHONE_NUMBER


def test_a_caller_who_goes_on_is_still_expected_to_answer_what_they_were_asked() -> None:
    expected = asked("What is your mobile number?")
    expected.caller_said("98765 43210")
    expected.bot_says("And your email address?")
    expected.take_back()
    assert kind(expected) is AnswerKind.PHONE_NUMBER


def test_a_tool_tells_what_is_expected_whatever_the_bots_words_are() -> None:
    expected = ExpectedAnswers()
    expected.expect(PHONE)
    expected.bot_says("Where can we reach you?")
    assert expected.current == PHONE
    expected.caller_said("nine eight seven")
    expected.bot_says("And the rest?")
    assert expected.current == PHONE
    expected.caller_said("nine eight seven six five four three two one zero")
    expected.bot_says("Your email address, please?")
    assert kind(expected) is AnswerKind.EMAIL


def test_a_persona_tells_what_its_opening_asks_for() -> None:
    expected = ExpectedAnswers(first=EMAIL)
    expected.bot_says("Hello, this is the clinic.")
    assert expected.current == EMAIL


def test_a_personas_kind_of_answer_is_checked_when_it_is_made() -> None:
    assert Persona("", expects="email").expected_answer == EMAIL
    assert Persona("").expected_answer is None
    with pytest.raises(ValueError, match="'mail' is no kind of answer; there are open, yes_no"):
        Persona("", expects="mail")
