"""Callers who go on right after the end of their turn: one turn, and no trace of its answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio
from loguru import logger
from pipecat.services.llm_service import FunctionCallParams

from shared.bot import Caller, Persona
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Step, WaitForBot
from simulator.providers import Behaviour, Completion, ToolCall
from simulator.providers.dialogue import Answer, Message, Reply
from simulator.stream.profiles import PROFILES
from tests.support.bots import PERSONA
from tests.support.played import Lived, instructions_of, play
from tests.support.transcribing import heard

LIGHT = replace(PROFILES["live"], frame_ms=100)
BOT = WaitForBot(quiet=2.5, timeout=20.0)
FIRST, SECOND = "opening_hours.wav", "tuesday.wav"
WHOLE = "what are your opening hours tuesday"
TELLS = "On every day of the week but Sunday we are open from nine to five, and on Sunday closed."


acted: list[str] = []


async def book(params: FunctionCallParams, day: str) -> dict[str, str]:
    """Book a day."""
    await asyncio.sleep(1.5)
    acted.append(day)
    return {"booked": day}


async def answer(caller: Caller) -> Persona:
    return replace(PERSONA, instructions=instructions_of(caller), tools=(book,))


def tells(messages: Sequence[Message]) -> Answer:
    return TELLS


def books(messages: Sequence[Message]) -> Answer:
    last = messages[-1]
    return TELLS if last["role"] == "tool" else ToolCall("book", {"day": str(last["content"])})


def after(secs: float) -> tuple[Step, ...]:
    """Go on after so many seconds of silence, of which the recordings have 0.7 at their ends."""
    return (BOT, Say(FIRST), Pause(secs - 0.7), Say(SECOND), BOT, HangUp())


@dataclass(frozen=True)
class Case:
    steps: tuple[Step, ...]
    reply: Reply = tells


CASES = {
    "before the answer": Case(after(0.9)),
    "into the answer": Case((BOT, Say(FIRST), Interrupt(SECOND, after=0.1), BOT, HangUp())),
    "while a tool works": Case(after(1.9), books),
}


@dataclass(frozen=True)
class Calls:
    lived: Mapping[str, Lived]
    log: Sequence[str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls() -> Calls:
    lines: list[str] = []
    sink = logger.add(lines.append, format="{message}")
    evening = await play(CASES, answer, LIGHT, Behaviour(llm_latency=1.0))
    logger.remove(sink)
    return Calls(evening.calls, lines)


def said(request: Completion) -> list[Any]:
    return [message["content"] for message in request.messages if message["role"] == "user"]


cases = pytest.mark.parametrize("name", CASES)


@cases
def test_a_turn_that_goes_on_is_one_user_message(calls: Calls, name: str) -> None:
    first, *_, last = calls.lived[name].requests
    assert said(first) == ["what are your opening hours"]
    assert said(last) == [WHOLE]


@cases
def test_the_answer_to_its_beginning_leaves_no_trace(calls: Calls, name: str) -> None:
    again = next(request for request in calls.lived[name].requests if said(request) == [WHOLE])
    roles = [message["role"] for message in again.messages]
    assert roles == ["system", "assistant", "user"]  # the instructions, the opening and the turn


@cases
def test_a_turn_that_goes_on_gets_its_answer(calls: Calls, name: str) -> None:
    assert heard(calls.lived[name].report, TELLS)


def test_a_caller_who_goes_on_in_time_hears_nothing_of_the_first_answer(
    calls: Calls,
) -> None:
    report = calls.lived["before the answer"].report
    first, second = report.turns
    spoke = [e.at for e in report.events if (e.source, e.kind) == ("bot", "speaks")]
    assert not [at for at in spoke if first.ended_at < at < second.ended_at]


def test_the_bot_falls_silent_when_the_caller_goes_on(calls: Calls) -> None:
    (barge_in,) = calls.lived["into the answer"].report.barge_ins
    assert barge_in.to_silence is not None
    assert barge_in.to_silence < 1.0  # benchmarks/hearing.md has the figures


def test_a_tool_that_had_not_acted_yet_acts_once_for_the_whole_turn(
    calls: Calls,
) -> None:
    assert calls.lived
    assert acted == [WHOLE]


@cases
def test_a_turn_that_goes_on_counts_once_in_the_record(calls: Calls, name: str) -> None:
    sid = calls.lived[name].report.call_sid
    (end,) = (line for line in calls.log if f"call {sid} ended:" in line)
    assert ", 1 turns," in end
