"""A call screen's callee is waited for for a limited time, and its thanks get no answer."""

from shared.conversation.answering_machine.call_screen import PERSON_SECS, CallScreen
from shared.languages.machine_phrases import AnsweredBy

NOW = 100.0
ASKS = "Please say your name and why you are calling."


def met() -> CallScreen:
    screen = CallScreen()
    screen.hear(ASKS, AnsweredBy.SCREEN, NOW)
    return screen


def test_without_a_call_screen_no_person_is_waited_for() -> None:
    screen = CallScreen()
    assert not screen.met
    assert not screen.person_may_come(NOW)
    assert not screen.only_asks_to_wait("Please hold the line.")


def test_the_person_is_waited_for_since_the_call_screens_latest_words() -> None:
    screen = met()
    assert screen.person_may_come(NOW + PERSON_SECS - 1.0)
    assert not screen.person_may_come(NOW + PERSON_SECS)
    screen.hear("Thanks, stay on the line.", None, NOW + 10.0)
    assert screen.person_may_come(NOW + PERSON_SECS)


def test_a_call_screen_is_over_once_the_person_has_come() -> None:
    screen = met()
    screen.answered()
    assert not screen.person_may_come(NOW + 1.0)


def test_a_call_screens_thanks_want_no_answer_and_its_questions_do() -> None:
    assert met().only_asks_to_wait("Thanks. One moment, please.")
    assert not met().only_asks_to_wait("Can you tell me more about that?")
