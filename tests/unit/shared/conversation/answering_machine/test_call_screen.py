"""How long a call screen's person is waited for, at times that the test makes up."""

from shared.conversation.answering_machine.call_screen import PERSON_SECS, CallScreen
from shared.languages.machine_phrases import AnsweredBy

NOW = 100.0
ASKS = "Please say your name and why you are calling."


def met() -> CallScreen:
    screen = CallScreen()
    screen.hear(ASKS, AnsweredBy.SCREEN, NOW)
    return screen


def test_nobody_is_waited_for_where_nobody_screens() -> None:
    screen = CallScreen()
    assert not screen.met
    assert not screen.person_may_come(NOW)
    assert not screen.only_asks_to_wait("Please hold the line.")


def test_the_person_is_waited_for_since_its_latest_words() -> None:
    screen = met()
    assert screen.person_may_come(NOW + PERSON_SECS - 1.0)
    assert not screen.person_may_come(NOW + PERSON_SECS)
    screen.hear("Thanks, stay on the line.", None, NOW + 10.0)
    assert screen.person_may_come(NOW + PERSON_SECS)


def test_who_has_come_is_waited_for_as_everybody_is() -> None:
    screen = met()
    screen.answered()
    assert not screen.person_may_come(NOW + 1.0)


def test_its_thanks_want_no_answer_and_its_questions_do() -> None:
    assert met().only_asks_to_wait("Thanks. One moment, please.")
    assert not met().only_asks_to_wait("Can you tell me more about that?")
