import json

import pytest

from shared.conversation.demo import script
from shared.conversation.demo.dialogue import (
    OPENING,
    OPENING_EXPECTS,
    Message,
    Reply,
    ToolCall,
    reply,
)
from shared.conversation.demo.grammar import Phrase
from shared.conversation.demo.hearing import UNCLEAR

BOOKED = json.dumps({"booked": True, "day": "tuesday"})


def conversation(*said: str) -> list[Message]:
    """What the caller said, with a tool's answer wherever it is JSON or one of Pipecat's words."""
    tool = ("{", "IN_PROGRESS", "CANCELLED", "COMPLETED")
    return [{"role": "tool" if s.startswith(tool) else "user", "content": s} for s in said]


def after(*said: str) -> Reply:
    return reply(conversation(*said))


def test_it_opens_by_saying_that_it_is_scripted() -> None:
    assert reply([]) == Reply(OPENING, expects=OPENING_EXPECTS)
    assert "scripted demo, no AI model is running" in OPENING


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["hello"], "Hello. You can say"),
        (["what are your opening hours"], "We are open from Monday to Friday"),
        (["DTMF: 1"], "We are open from Monday to Friday"),
        (["opening hours", "wait stop"], "All right. You can say"),
        (["opening hours", "repeat that"], "We are open from Monday to Friday"),
        (["talk to an agent"], "This is only a demo"),
        (["DTMF: 0"], "This is only a demo"),
        (["i want to book an appointment"], "Which day"),
        (["DTMF: 2"], "Which day"),
        (["DTMF: 2", "DTMF: 2"], "Tuesday, is that right?"),
        (["book an appointment", "on friday please"], "Friday, is that right?"),
        (["book an appointment", "friday", "DTMF: *"], "Friday, is that right?"),
        (["book an appointment", "friday", "no thanks"], "All right. Which day"),
        (["book an appointment", "friday", "DTMF: 2", "monday"], "Monday, is that right?"),
        (["book an appointment", "opening hours"], "We are open"),
        (["book an appointment", "talk to an agent"], f"{script.AGENT} Which day"),
        (["book an appointment", "tuesday", "yes", BOOKED], "You are booked for Tuesday."),
        (["book an appointment", "tuesday", "yes", "CANCELLED"], script.NOT_BOOKED),
        (["book an appointment", "tuesday", "yes", "COMPLETED"], script.NOT_BOOKED),
        (["book an appointment", "tuesday", "yes", '{"error": "x"}'], script.NOT_BOOKED),
        (["yes please"], "All right. You can say"),
    ],
)
def test_what_is_said_gets_its_answer(said: list[str], answer: str) -> None:
    assert after(*said).text.startswith(answer)


@pytest.mark.parametrize("consent", ["yes please", "that's right", "DTMF: 1"])
def test_a_day_is_booked_only_once_it_is_confirmed(consent: str) -> None:
    assert after("book an appointment", "tuesday").call is None
    booking = after("book an appointment", "tuesday", consent)
    assert booking.call == ToolCall("book_appointment", {"day": "tuesday"})
    assert booking.text == ""


def test_a_tool_still_at_work_is_not_called_again() -> None:
    waiting = after("book an appointment", "tuesday", "yes", "IN_PROGRESS")
    assert (waiting.call, waiting.text) == (None, script.BOOKING)
    messages: list[Message] = [
        *conversation("book an appointment", "tuesday", "yes"),
        {"role": "developer", "content": "The caller has been silent."},
    ]
    assert reply(messages).call is None


def test_asking_to_repeat_never_books_twice() -> None:
    assert after("book an appointment", "tuesday", "yes", "repeat that").call is None


def test_every_step_expects_its_own_answers_and_the_way_out() -> None:
    menu, day, confirm = after("hello"), after("DTMF: 2"), after("DTMF: 2", "DTMF: 3")
    assert Phrase.MONDAY in day.expects and Phrase.MONDAY not in menu.expects
    assert Phrase.YES in confirm.expects and Phrase.YES not in menu.expects
    for step in (menu, day, confirm):
        assert {Phrase.AGENT, Phrase.REPEAT, Phrase.GOODBYE} < set(step.expects)


def test_unclear_speech_is_asked_again_then_keys_only_then_the_call_ends() -> None:
    first, second, third = (after(*[UNCLEAR] * n) for n in (1, 2, 3))
    assert first.text.startswith(script.SORRY) and "You can say" in first.text
    assert second.text.startswith(script.SORRY_AGAIN) and "press 1" in second.text
    assert third == Reply(script.GIVING_UP, ends=True)


def test_being_understood_once_forgives_the_misses() -> None:
    assert not after(UNCLEAR, UNCLEAR, "hello", UNCLEAR).ends


@pytest.mark.parametrize("said", ["goodbye", "DTMF: 9"])
def test_goodbye_ends_the_call_at_every_step(said: str) -> None:
    for before in ([], ["DTMF: 2"], ["DTMF: 2", "DTMF: 3"]):
        assert after(*before, said) == Reply(script.GOODBYE, ends=True)


def test_an_answer_cut_off_half_way_changes_nothing() -> None:
    cut_off: list[Message] = [
        {"role": "user", "content": "book an appointment"},
        {"role": "assistant", "content": "Which"},
        {"role": "user", "content": [{"type": "text", "text": "tuesday"}]},
    ]
    assert reply(cut_off) == after("book an appointment", "tuesday")


def test_asked_to_speak_without_a_caller_it_puts_its_question_again() -> None:
    messages: list[Message] = [
        *conversation("book an appointment"),
        {"role": "assistant", "content": "Which day would you like, Monday to Friday?"},
    ]
    assert reply(messages).text == "Which day would you like, Monday to Friday?"
