"""Machines are told from people by all that is said, and in doubt it is a person.

Both kinds of mistakes are counted over what machines and people say: a person taken for a machine
is hung up on, a machine taken for a person hears the opening.
"""

from collections.abc import Iterator

import pytest

from shared.conversation.answering_machine.evidence import HUNG_UP_ON
from shared.conversation.answering_machine.recognition import judge, only_asks_to_wait
from shared.languages.machine_phrases import AnsweredBy, normalise
from tests.support.answer_corpus import (
    HOLDS,
    MAILBOXES,
    MENUS,
    NO_WAITS,
    PEOPLE,
    SCREENS,
    SUSPECTS,
    UNREACHABLE,
    WAITS,
)

MACHINES = {
    AnsweredBy.MAILBOX: MAILBOXES,
    AnsweredBy.MENU: MENUS,
    AnsweredBy.NOBODY: UNREACHABLE,
    AnsweredBy.HOLD: HOLDS,
    AnsweredBy.SCREEN: SCREENS,
}
CLEAR = [(words, machine) for machine, all_words in MACHINES.items() for words in all_words]
LATE = 0.02  # of what people begin to say, at most, may look like a machine's until they go on


def beginnings(text: str) -> Iterator[str]:
    """What has been said when somebody pauses after a word."""
    words = text.split()
    return (" ".join(words[:count]) for count in range(1, len(words) + 1))


@pytest.mark.parametrize(("words", "machine"), CLEAR)
def test_an_answering_machine_is_known_by_its_machine_phrases(
    words: str, machine: AnsweredBy
) -> None:
    assert judge(words).machine == machine


@pytest.mark.parametrize("words", SUSPECTS)
def test_a_machine_phrase_that_a_person_might_say_is_only_doubtful(words: str) -> None:
    verdict = judge(words)
    assert verdict.machine is None
    assert verdict.doubtful


@pytest.mark.parametrize("words", PEOPLE)
def test_a_person_is_no_machine_whatever_machine_phrases_they_use(words: str) -> None:
    assert judge(words).machine not in HUNG_UP_ON
    assert judge(words.upper().rstrip(".?!")).machine not in HUNG_UP_ON


def test_there_are_enough_machine_phrases_and_persons_words_to_count_mistakes() -> None:
    assert len(CLEAR) >= 40
    assert len(PEOPLE) >= 40


def test_hardly_any_person_is_a_machine_in_the_middle_of_a_sentence() -> None:
    begun = [begin for words in PEOPLE for begin in beginnings(words)]
    wrong = [begin for begin in begun if judge(begin).machine in HUNG_UP_ON]
    assert len(wrong) <= LATE * len(begun), wrong


@pytest.mark.parametrize("words", SCREENS)
def test_a_call_screen_is_hung_up_on_at_no_moment(words: str) -> None:
    for begin in beginnings(words):
        assert judge(begin).machine not in HUNG_UP_ON or "after the tone" in words


@pytest.mark.parametrize(
    "words",
    [
        "Please leave your message after the beep",
        "Leave your name and number at the tone.",
        "कृपया बीप के बाद अपना संदेश छोड़ें",
    ],
)
def test_only_a_voicemail_asks_for_words_after_its_beep(words: str) -> None:
    assert judge(words).certain


@pytest.mark.parametrize(
    ("words", "doubtful"),
    [
        ("Hi, you have reached Meera", True),
        ("I am not available right now", True),
        ("Meera can't come to the phone", True),
        ("मैं अभी उपलब्ध नहीं हूं", True),
        ("Hello, who is this? I can't hear you", False),
        ("I am his wife, his phone is switched off", False),
        ("हैलो, कौन?", False),
        ("Sunrise Dental, good morning", False),
    ],
)
def test_a_machine_phrase_that_people_use_too_is_no_more_than_a_suspicion(
    words: str, *, doubtful: bool
) -> None:
    assert judge(words).machine is None
    assert judge(words).doubtful is doubtful


@pytest.mark.parametrize(
    ("words", "alive"),
    [
        ("who is this", True),
        ("I'm his mother, he left his phone here", True),
        ("हां जी, कौन बोल रहा है?", True),
        ("hello", False),
        ("Who is this? Just kidding, leave a message after the tone.", False),
    ],
)
def test_some_words_are_surely_a_persons_and_no_machine_phrases(words: str, *, alive: bool) -> None:
    assert judge(words).alive is alive


@pytest.mark.parametrize("words", WAITS)
def test_a_call_screen_that_only_asks_to_wait_wants_no_answer(words: str) -> None:
    assert only_asks_to_wait(words)


@pytest.mark.parametrize("words", NO_WAITS)
def test_a_call_screen_that_says_more_than_to_wait_wants_an_answer(words: str) -> None:
    assert not only_asks_to_wait(words)


def test_spelling_and_punctuation_make_no_difference_to_machine_phrases() -> None:
    assert normalise("  You’ve REACHED -- Meera!  ") == "youve reached meera"
    assert normalise("फ़ोन") == normalise("फोन") == normalise("\u092b\u093c\u094b\u0928")
