"""Slow answers, by a tool, a rate limit or a shorter context: the filler comes, then the answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio
from pipecat.adapters.llm.schemas.direct_function import tool_options
from pipecat.services.llm_service import FunctionCallParams

from shared.bot import Caller, Persona
from shared.languages.english.prompts import ENGLISH
from simulator.caller.scenario import HangUp, Say, Step, WaitForBot
from simulator.providers import Refusal, ToolCall
from simulator.providers.dialogue import Answer, Message, Reply
from simulator.stream.profiles import PROFILES
from tests.support.bots import PERSONA
from tests.support.dead_air import longest_dead_air
from tests.support.played import Lived, instructions_of, play
from tests.support.transcribing import heard

LIGHT = replace(PROFILES["live"], frame_ms=100)
BOT = WaitForBot(quiet=1.0)
PATIENT = WaitForBot(quiet=3.8, timeout=25.0)
ONCE: tuple[Step, ...] = (BOT, Say("opening_hours.wav"), PATIENT, HangUp())
TWICE: tuple[Step, ...] = (BOT, Say("opening_hours.wav"), BOT, *ONCE[1:])
LONGEST_DEAD_AIR = 4.0  # seconds, as promised
HOURS = "We open at nine in the morning."
PREAMBLE = "Let me ask your insurer."


async def takes(params: FunctionCallParams, secs: float) -> dict[str, str]:
    """Ask the insurer."""
    await asyncio.sleep(secs)
    return {"opens": "9:00"}


@tool_options(cancel_on_interruption=False)  # type: ignore[untyped-decorator]
async def takes_in_any_case(params: FunctionCallParams, secs: float) -> dict[str, str]:
    """Ask the insurer, whatever is said meanwhile."""
    await asyncio.sleep(secs)
    return {"opens": "9:00"}


def works(tool: ToolCall) -> Reply:
    """Call a tool, with some words before it."""

    def reply(messages: Sequence[Message]) -> Answer:
        return HOURS if messages[-1]["role"] == "tool" else [PREAMBLE, tool]

    return reply


def refuses(times: int, refusal: Refusal) -> Reply:
    """Answer from then on."""
    left = [refusal] * times
    return lambda _: left.pop() if left else HOURS


def limits(after: str = "") -> Refusal:
    headers = {"Retry-After": after} if after else {}
    return Refusal(429, {"message": "Too many requests.", "code": "rate_limit_exceeded"}, headers)


def takes_only(most: int) -> Reply:
    """An LLM whose context window has room for so many messages."""
    error = {"message": "The conversation is too long.", "code": "context_length_exceeded"}
    return lambda messages: Refusal(400, error) if len(messages) > most else HOURS


@dataclass(frozen=True)
class Case:
    """What an answer waits for.

    Args:
        reply: The LLM's.
        requests: How often the LLM is asked, from and to.
        steps: What the caller does.
        waits: Whether it takes so long that they are asked to wait.
    """

    reply: Reply
    requests: tuple[int, int] = (2, 2)
    steps: tuple[Step, ...] = ONCE
    waits: bool = True


CASES: Mapping[str, Case] = {
    "words, and a tool": Case(works(ToolCall("takes", {"secs": 6.5}))),
    "words, and a tool that words don't stop": Case(
        works(ToolCall("takes_in_any_case", {"secs": 6}))
    ),
    "a limit of 2 s, twice": Case(refuses(2, limits("2")), requests=(3, 3)),
    "a limit without a time": Case(refuses(2, limits()), requests=(3, 3), waits=False),
    "a conversation that is too long": Case(
        takes_only(3), requests=(3, 4), steps=TWICE, waits=False
    ),
}


async def answer(caller: Caller) -> Persona:
    """One who knows which case it is."""
    tools = (takes, takes_in_any_case)
    return replace(PERSONA, instructions=instructions_of(caller), tools=tools)


@pytest.fixture(autouse=True)
def log() -> list[str]:
    """Here errors are what it is about."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def evening() -> Mapping[str, Lived]:
    return (await play(CASES, answer, LIGHT)).calls


cases = pytest.mark.parametrize("name", CASES)


@cases
def test_a_slow_llm_s_answer_comes_without_an_apology(
    evening: Mapping[str, Lived], name: str
) -> None:
    report = evening[name].report
    assert heard(report, HOURS)
    assert not heard(report, ENGLISH.sorry)


@cases
def test_a_filler_comes_within_four_seconds_of_silence(
    evening: Mapping[str, Lived], name: str
) -> None:
    report = evening[name].report
    assert longest_dead_air(report) < LONGEST_DEAD_AIR + report.lag
    assert heard(report, ENGLISH.one_moment) is CASES[name].waits


@cases
def test_the_llm_is_retried_as_often_as_needed(evening: Mapping[str, Lived], name: str) -> None:
    least, most = CASES[name].requests
    assert least <= len(evening[name].requests) <= most


def test_a_shortened_llm_context_keeps_the_end_of_the_conversation(
    evening: Mapping[str, Lived],
) -> None:
    *_, last = evening["a conversation that is too long"].requests
    assert [message["role"] for message in last.messages] == ["system", "user"]
