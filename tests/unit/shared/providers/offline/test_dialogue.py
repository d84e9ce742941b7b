"""The scripted LLM's dialogue: its questions, expected answers, bookings and the outbound call."""

import json

import pytest

from shared.providers.offline import script
from shared.providers.offline.dialogue import (
    OPENING,
    OPENING_EXPECTS,
    Message,
    Reply,
    ToolCall,
    reply,
)
from shared.providers.offline.grammar import Phrase
from shared.providers.offline.hearing import UNCLEAR

INVOICE = "Hello Meera, your invoice of 1200 rupees is due. When can you pay it?"
BOOKED = json.dumps({"booked": True, "day": "tuesday"})


def conversation(*said: str) -> list[Message]:
    """What the caller said, with a tool's answer wherever it is JSON or one of Pipecat's words."""
    tool = ("{", "IN_PROGRESS", "CANCELLED", "COMPLETED")
    return [{"role": "tool" if s.startswith(tool) else "user", "content": s} for s in said]


def after(*said: str) -> Reply:
    return reply(conversation(*said))


def rung_after(*said: str) -> Reply:
    """The answer to somebody whom the bot has rung."""
    return reply(conversation(*said), INVOICE)


def test_the_scripted_llm_s_opening_says_that_it_is_scripted() -> None:
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
def test_the_scripted_llm_answers_utterances_and_dtmf_keys(said: list[str], answer: str) -> None:
    assert after(*said).text.startswith(answer)


@pytest.mark.parametrize("consent", ["yes please", "that's right", "DTMF: 1"])
def test_the_dialogue_books_a_day_only_once_it_is_confirmed(consent: str) -> None:
    assert after("book an appointment", "tuesday").call is None
    booking = after("book an appointment", "tuesday", consent)
    assert booking.call == ToolCall("book_appointment", {"day": "tuesday"})
    assert booking.text == ""


def test_a_tool_call_still_at_work_is_not_made_again() -> None:
    waiting = after("book an appointment", "tuesday", "yes", "IN_PROGRESS")
    assert (waiting.call, waiting.text) == (None, script.BOOKING)
    messages: list[Message] = [
        *conversation("book an appointment", "tuesday", "yes"),
        {"role": "developer", "content": "The caller has been silent."},
    ]
    assert reply(messages).call is None


def test_asking_the_dialogue_to_repeat_never_books_twice() -> None:
    assert after("book an appointment", "tuesday", "yes", "repeat that").call is None


def test_every_dialogue_step_expects_its_own_answers_and_a_goodbye() -> None:
    menu, day, confirm = after("hello"), after("DTMF: 2"), after("DTMF: 2", "DTMF: 3")
    assert Phrase.MONDAY in day.expects and Phrase.MONDAY not in menu.expects
    assert Phrase.YES in confirm.expects and Phrase.YES not in menu.expects
    for step in (menu, day, confirm):
        assert {Phrase.AGENT, Phrase.REPEAT, Phrase.GOODBYE} < set(step.expects)


def test_unclear_speech_is_reprompted_then_dtmf_only_then_the_call_ends() -> None:
    first, second, third = (after(*[UNCLEAR] * n) for n in (1, 2, 3))
    assert first.text.startswith(script.SORRY) and "You can say" in first.text
    assert second.text.startswith(script.SORRY_AGAIN) and "press 1" in second.text
    assert third == Reply(script.GIVING_UP, ends=True)


def test_an_understood_utterance_resets_the_reprompt_count() -> None:
    assert not after(UNCLEAR, UNCLEAR, "hello", UNCLEAR).ends


@pytest.mark.parametrize("said", ["goodbye", "DTMF: 9"])
def test_goodbye_ends_the_call_at_every_dialogue_step(said: str) -> None:
    for before in ([], ["DTMF: 2"], ["DTMF: 2", "DTMF: 3"]):
        assert after(*before, said) == Reply(script.GOODBYE, ends=True)


def test_an_interrupted_answer_changes_no_dialogue_step() -> None:
    cut_off: list[Message] = [
        {"role": "user", "content": "book an appointment"},
        {"role": "assistant", "content": "Which"},
        {"role": "user", "content": [{"type": "text", "text": "tuesday"}]},
    ]
    assert reply(cut_off) == after("book an appointment", "tuesday")


def test_an_idle_caller_gets_the_dialogue_s_question_again() -> None:
    messages: list[Message] = [
        *conversation("book an appointment"),
        {"role": "assistant", "content": "Which day would you like, Monday to Friday?"},
    ]
    assert reply(messages).text == "Which day would you like, Monday to Friday?"


def test_an_outbound_dialogue_asks_for_what_its_opening_is_about() -> None:
    first = rung_after()
    assert first.text == INVOICE
    assert {Phrase.TUESDAY, Phrase.HELLO, Phrase.GOODBYE} <= set(first.expects)
    assert not {Phrase.BOOK, Phrase.OPENING_HOURS} & set(first.expects)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["tuesday"], "Tuesday, is that right?"),
        (["DTMF: 2"], "Tuesday, is that right?"),
        (["hello", "tuesday"], "Tuesday, is that right?"),
        (["tuesday", "monday"], "Monday, is that right?"),
        (["tuesday", "yes please"], "Thank you, Tuesday is noted."),
        (["tuesday", "that's right"], "Thank you, Tuesday is noted."),
        (["tuesday", "DTMF: 1"], "Thank you, Tuesday is noted."),
        (["tuesday", "no"], "All right. Please say a day"),
        (["tuesday", "no", "friday", "yes"], "Thank you, Friday is noted."),
        (["tuesday", "yes", "repeat that"], "Thank you, Tuesday is noted."),
        (["tuesday", "yes", "yes"], "All right. Please say a day"),
        (["tuesday", "yes", "friday"], "Friday, is that right?"),
        (["hello"], INVOICE),
        (["repeat that"], INVOICE),
        (["tuesday", "hello"], "Tuesday, is that right?"),
        (["yes"], "All right. Please say a day"),
        (["no"], "All right. Please say a day"),
        (["talk to an agent"], f"{script.AGENT} Please say a day"),
        ([UNCLEAR], f"{script.SORRY} Please say a day"),
        ([UNCLEAR, UNCLEAR], f"{script.SORRY_AGAIN} Please press a key"),
        (["what are your opening hours"], "All right. Please say a day"),
        (["book an appointment"], "All right. Please say a day"),
    ],
)
def test_an_outbound_dialogue_answers_utterances_and_dtmf_keys(
    said: list[str], answer: str
) -> None:
    replied = rung_after(*said)
    assert replied.text.startswith(answer)
    assert not replied.ends
    assert replied.call is None


@pytest.mark.parametrize(
    "said",
    [
        ["goodbye"],
        ["DTMF: 9"],
        ["tuesday", "goodbye"],
        ["tuesday", "yes", "no thanks"],
        ["tuesday", "yes", "goodbye"],
    ],
)
def test_an_outbound_dialogue_ends_with_thanks_and_a_hang_up(said: list[str]) -> None:
    assert rung_after(*said) == Reply(script.FAREWELL, ends=True)


def test_a_hello_is_answered_even_without_an_opening_to_repeat() -> None:
    assert reply(conversation("hello"), "").text.startswith("All right. Please say a day")
