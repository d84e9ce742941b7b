"""Odd LLM answers and tool calls: the caller hears an answer soon, and nothing else."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio
from pipecat.services.llm_service import FunctionCallParams

from shared.bot import Caller
from shared.bot.persona import Persona, Tool
from shared.languages.english.prompts import ENGLISH
from shared.records.session_record import Ending
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Step, WaitForBot
from simulator.providers import Deltas, ToolCall
from simulator.providers.dialogue import Answer, Message, Reply
from simulator.stream.profiles import PROFILES
from tests.support.bots import PERSONA
from tests.support.dead_air import longest_dead_air
from tests.support.played import Evening, instructions_of, play
from tests.support.transcribing import heard

LIGHT = replace(PROFILES["live"], frame_ms=100)
BOT = WaitForBot(quiet=1.0)
ASKS: tuple[Step, ...] = (BOT, Say("opening_hours.wav"), BOT, HangUp())
PATIENTLY: tuple[Step, ...] = (BOT, Say("opening_hours.wav"), WaitForBot(quiet=3.0), HangUp())
INTERRUPTS: tuple[Step, ...] = (
    BOT,
    Say("opening_hours.wav"),
    Interrupt("tuesday.wav"),
    BOT,
    HangUp(),
)
LONGEST_DEAD_AIR = 4.0  # seconds, as promised
HOURS = "We open at nine in the morning."
MAX_TOOL_CALLS = 3
PREAMBLE = "Let me have a look at the calendar for you now, one moment please."
GOODBYE = "Thank you for calling. Goodbye!"


async def looks_up(params: FunctionCallParams) -> None:
    """Look the hours up."""
    await params.result_callback({"opens": "9:00"})


async def finds_nothing(params: FunctionCallParams) -> None:
    """Look the hours up, in vain."""
    await params.result_callback([])


async def takes_long(params: FunctionCallParams) -> dict[str, str]:
    """Look the hours up in a book."""
    await asyncio.sleep(60)
    return {}


def first(answer: Answer, then: Answer = HOURS) -> Reply:
    """Answer like this once, and then as one should."""
    answers = [answer]
    return lambda _: answers.pop() if answers else then


def with_tool(answer: Answer) -> Reply:
    """Call tools for the caller's words, and answer to what the tools tell."""

    def reply(messages: Sequence[Message]) -> Answer:
        return HOURS if any(m["role"] == "tool" for m in messages) else answer

    return reply


def around_in_circles(messages: Sequence[Message]) -> Answer:
    return HOURS if messages[-1]["role"] == "developer" else ToolCall("looks_up")


@dataclass(frozen=True)
class Case:
    """An odd answer.

    Args:
        reply: The LLM's.
        requests: How often the LLM is asked.
        steps: What the caller does.
        hears: What they hear, and nothing else.
        ending: Why the call ends.
    """

    reply: Reply
    requests: int = 1
    steps: tuple[Step, ...] = ASKS
    hears: tuple[str, ...] = (HOURS,)
    ending: Ending = Ending.CALLER_HUNG_UP


LEAVES: Mapping[str, Any] = {"ending": Ending.BOT_HUNG_UP, "steps": (*ASKS[:-1], Pause(5.0))}
CASES: Mapping[str, Case] = {
    "it thinks aloud": Case(lambda _: f"<think>They want hours. Nine?</think>{HOURS}"),
    "a call as text": Case(first('<function=looks_up>{"day": "today"}</function>'), requests=2),
    "a call as text behind words": Case(first('Let me see. {"name": "looks_up"}'), requests=2),
    "nothing": Case(first(Deltas([], "length")), requests=2),
    "a cut call": Case(first(ToolCall("looks_up", '{"day": "tod')), requests=2),
    "a blank beside a call": Case(with_tool([" \n", ToolCall("looks_up")]), requests=2),
    "a cut hang-up": Case(
        first(ToolCall("hang_up", '{"goodbye": "Thank you for ca')),
        hears=(ENGLISH.goodbye,),
        **LEAVES,
    ),
    "two goodbyes": Case(
        first([GOODBYE, ToolCall("hang_up", {"goodbye": "Goodbye and thank you for calling us."})]),
        hears=(GOODBYE,),
        **LEAVES,
    ),
    "one tool after the other": Case(
        around_in_circles, requests=1 + MAX_TOOL_CALLS, steps=PATIENTLY
    ),
    "an empty result": Case(with_tool(ToolCall("finds_nothing")), requests=2),
    "an interrupted tool": Case(
        with_tool([PREAMBLE, ToolCall("takes_long")]), requests=2, steps=INTERRUPTS
    ),
}


async def answer(caller: Caller) -> Persona:
    """One who knows which case it is."""
    tools: tuple[Tool, ...] = (looks_up, finds_nothing, takes_long)
    instructions = instructions_of(caller)
    return replace(PERSONA, instructions=instructions, tools=tools, max_tool_calls=MAX_TOOL_CALLS)


@pytest.fixture(autouse=True)
def log() -> list[str]:
    """Here errors are what it is about."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def evening() -> Evening:
    return await play(CASES, answer, LIGHT)


cases = pytest.mark.parametrize("name", CASES)


@cases
def test_an_odd_llm_answer_is_heard_as_words_and_never_as_markup(
    evening: Evening, name: str
) -> None:
    lived = evening.calls[name]
    for line in CASES[name].hears:
        assert heard(lived.report, line), line
    assert not heard(lived.report, ENGLISH.sorry)


@cases
def test_no_odd_llm_answer_leaves_a_long_silence(evening: Evening, name: str) -> None:
    report = evening.calls[name].report
    assert all(turn.response for turn in report.turns)
    assert longest_dead_air(report) < LONGEST_DEAD_AIR + report.lag


@cases
def test_the_llm_is_asked_again_as_often_as_needed(evening: Evening, name: str) -> None:
    assert len(evening.calls[name].requests) == CASES[name].requests


@cases
def test_every_tool_call_has_its_result(evening: Evening, name: str) -> None:
    messages = evening.calls[name].requests[-1].messages
    calls = [call["id"] for m in messages for call in m.get("tool_calls") or ()]
    results = {m["tool_call_id"]: m["content"] for m in messages if m["role"] == "tool"}
    assert sorted(calls) == sorted(results)
    assert "IN_PROGRESS" not in results.values()


@pytest.mark.parametrize(
    "scrap", ["think", "They want", "{", "<", "looks", "thank you for calling us"]
)
def test_no_reasoning_or_tool_call_reaches_the_tts(evening: Evening, scrap: str) -> None:
    assert scrap not in evening.spoken


def test_calls_with_odd_llm_answers_end_as_decided(evening: Evening) -> None:
    assert evening.endings == Counter(case.ending for case in CASES.values())


def test_the_last_llm_answer_may_call_no_tool(evening: Evening) -> None:
    requests = evening.calls["one tool after the other"].requests
    assert all(request.tools for request in requests[:-1])
    assert not requests[-1].tools
