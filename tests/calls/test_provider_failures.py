"""Provider failures in whole calls: the caller hears something within four seconds."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import pytest_asyncio
from pipecat.services.llm_service import FunctionCallParams

from shared.bot import Caller, Persona
from shared.conversation.speech.last_resort import last_resort
from shared.languages.english.prompts import ENGLISH
from shared.providers.vendors import openai
from shared.records.session_record import Ending
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Pause, Say, Step, WaitForBot
from simulator.providers import (
    BlackHole,
    Drop,
    Garbage,
    Hang,
    Providers,
    Refuse,
    Slow,
    Stall,
    run_providers,
)
from simulator.providers.behaviour import Fault
from simulator.providers.dialogue import Message, ToolCall
from simulator.stream.profiles import PROFILES
from tests.support.bots import PERSONA, Bot, running_bot
from tests.support.capacity import a_line
from tests.support.dead_air import longest_dead_air
from tests.support.transcribing import heard

LIGHT = replace(PROFILES["live"], frame_ms=100)
BOT = WaitForBot(quiet=1.0)
ASKS: tuple[Step, ...] = (BOT, Say("opening_hours.wav"), BOT)
TWICE: tuple[Step, ...] = (*ASKS, *ASKS[1:], Pause(11.0), HangUp())
ONCE: tuple[Step, ...] = (*ASKS, HangUp())
# Something of the answer is heard, and again at the next attempt: no pause between them is the end.
HEARS_OUT = WaitForBot(quiet=2.0)
PATIENTLY: tuple[Step, ...] = (
    BOT,
    *(Say("opening_hours.wav"), HEARS_OUT) * 2,
    Pause(11.0),
    HangUp(),
)

LONGEST_DEAD_AIR = 4.0  # seconds, as promised
HOURS = "We are open from nine to five, Monday to Friday."
SCRIPTED = {"LLM_FALLBACK": "scripted"}
ESPEAK = {"TTS_FALLBACK": "espeak"}
POCKETSPHINX = {"STT_FALLBACK": "pocketsphinx"}


@dataclass(frozen=True)
class Case:
    """What is wrong in a call.

    Args:
        faults: Of the providers.
        environment: Of the bot.
        from_the_start: Whether they fail already when the process starts.
        hears: The lines that the caller hears, in this order.
        ending: Why the call ends.
        answered: Whether the caller gets an answer in the end.
    """

    faults: Mapping[str, Fault]
    environment: Mapping[str, str] = field(default_factory=dict)
    from_the_start: bool = False
    steps: tuple[Step, ...] = TWICE
    hears: tuple[str, ...] = ()
    ending: Ending = Ending.FAILURE
    answered: bool = False


GIVES_UP = (ENGLISH.sorry, ENGLISH.giving_up)
WAITS_FIRST = (ENGLISH.one_moment, ENGLISH.giving_up)


def once(*hears: str, **more: Any) -> dict[str, Any]:
    """What a caller hears who asks once, and then hangs up."""
    return {"hears": hears, "ending": Ending.CALLER_HUNG_UP, "steps": ONCE, **more}


# What was said of the answer is followed by a pause, into which the caller asks again.
PATIENT = once(ENGLISH.one_moment, ENGLISH.sorry, steps=TWICE)
HELPED = once(answered=True)
SLOWLY: tuple[Step, ...] = (BOT, Say("opening_hours.wav"), WaitForBot(quiet=3.0), HangUp())
ANSWERED_LATE = once(ENGLISH.one_moment, HOURS, steps=SLOWLY, answered=True)
REFUSES = {kind: Refuse(503) for kind in ("stt", "llm", "tts")}

CASES: dict[str, Case] = {
    "the LLM refuses": Case({"llm": Refuse(503)}, hears=GIVES_UP),
    "the LLM hangs": Case({"llm": Hang()}, hears=WAITS_FIRST),
    "the LLM stalls": Case({"llm": Stall(after=5)}, **PATIENT),
    "the LLM breaks off": Case({"llm": Drop(after_messages=5)}, steps=PATIENTLY, hears=GIVES_UP),
    "the LLM talks nonsense": Case({"llm": Garbage()}, **once(ENGLISH.sorry)),
    "the LLM is slow": Case({"llm": Slow(3.5)}, **ANSWERED_LATE),
    "all are slow": Case({"stt": Slow(1.0), "llm": Slow(2.0), "tts": Slow(1.0)}, **ANSWERED_LATE),
    "another LLM for one that hangs": Case({"llm": Hang()}, SCRIPTED, **HELPED),
    "the TTS refuses": Case({"tts": Refuse(503)}, **once(ENGLISH.sorry)),
    "the TTS hangs": Case({"tts": Hang()}, hears=WAITS_FIRST),
    "the TTS stalls": Case({"tts": Stall(after=4)}, **PATIENT),
    "the TTS breaks off": Case({"tts": Drop(after_messages=4)}, steps=PATIENTLY, hears=GIVES_UP),
    "the TTS talks nonsense": Case({"tts": Garbage()}, **once(ENGLISH.sorry)),
    "another TTS for one that stalls": Case({"tts": Stall(after=4)}, ESPEAK, **HELPED),
    "the STT refuses": Case({"stt": Refuse(503)}, **once(ENGLISH.sorry)),
    "the STT can't be reached": Case({"stt": BlackHole()}, **once(ENGLISH.again)),
    "the STT hangs": Case({"stt": Hang()}, **once(ENGLISH.again, ENGLISH.again, steps=TWICE)),
    "the STT is cut off": Case({"stt": Drop(after_secs=3.0)}, **once(HOURS, answered=True)),
    "another STT for one that hangs": Case(
        {"stt": Hang()}, POCKETSPHINX, **once(ENGLISH.again, steps=TWICE, answered=True)
    ),
    "nothing works": Case(REFUSES, hears=GIVES_UP),
    "nothing has ever worked": Case(REFUSES, from_the_start=True, steps=(Pause(20.0),)),
}


@dataclass(frozen=True)
class Lived:
    """What became of a case."""

    report: CallReport
    endings: Mapping[str, int]


async def run(stack: AsyncExitStack, case: Case) -> Bot:
    """Start a bot, and providers of its own that fail from now on."""
    providers: Providers = await stack.enter_async_context(run_providers())
    if case.from_the_start:
        providers.behaviour = replace(providers.behaviour, **case.faults)  # type: ignore[arg-type]
    bot = await stack.enter_async_context(running_bot({**providers.env, **case.environment}))
    providers.behaviour = replace(providers.behaviour, **case.faults)  # type: ignore[arg-type]
    return bot


@pytest.fixture(autouse=True)
def log(log: list[str]) -> list[str]:
    """Here errors are what it is about."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lives() -> AsyncIterator[Mapping[str, Lived]]:
    async def call(bot: Bot, case: Case) -> Lived:
        async with a_line():
            report = await place_call(bot.url, case.steps, profile=LIGHT)
        return Lived(report, bot.capacity.metrics.endings)

    async with AsyncExitStack() as stack:
        bots = {name: await run(stack, case) for name, case in CASES.items()}
        # The longest calls begin first.
        names = sorted(CASES, key=lambda name: CASES[name].steps in (ONCE, SLOWLY))
        lived = await asyncio.gather(*(call(bots[name], CASES[name]) for name in names))
    yield dict(zip(names, lived, strict=True))


cases = pytest.mark.parametrize("name", CASES)


@cases
def test_no_provider_failure_leaves_the_caller_in_silence(
    lives: Mapping[str, Lived], name: str
) -> None:
    report = lives[name].report
    assert report.first_sound is not None
    assert report.first_sound < LONGEST_DEAD_AIR
    for turn in report.turns:
        assert turn.response is not None
        assert turn.response < LONGEST_DEAD_AIR + report.lag
    if CASES[name].ending is Ending.FAILURE:  # else they were asked to speak, and didn't
        assert longest_dead_air(report) < LONGEST_DEAD_AIR + report.lag


@cases
def test_the_greeting_waits_for_no_provider(lives: Mapping[str, Lived], name: str) -> None:
    report = lives[name].report
    if CASES[name].from_the_start:
        assert not heard(report, PERSONA.opening)
        return
    assert heard(report, PERSONA.opening)
    assert report.first_sound is not None
    assert report.first_sound - report.lag < 1.0


@cases
def test_the_caller_hears_the_prompt_for_the_provider_failure(
    lives: Mapping[str, Lived], name: str
) -> None:
    for line in CASES[name].hears:
        assert heard(lives[name].report, line), line


@cases
def test_a_call_with_a_provider_failure_ends_as_it_should(
    lives: Mapping[str, Lived], name: str
) -> None:
    assert lives[name].endings == {CASES[name].ending: 1}


@cases
def test_a_fallback_answers_without_an_apology(lives: Mapping[str, Lived], name: str) -> None:
    if CASES[name].answered:
        assert not heard(lives[name].report, ENGLISH.sorry)


def test_the_last_resort_is_played_when_there_was_never_a_tts(lives: Mapping[str, Lived]) -> None:
    apology = last_resort("en-IN", 8_000).audio
    pieces = [apology[at : at + 1_600] for at in range(0, len(apology) - 1_600, 1_600)]
    report = lives["nothing has ever worked"].report
    assert sum(piece in report.heard for piece in pieces) > 0.8 * len(pieces)


async def lookup(params: FunctionCallParams) -> None:
    """Look something up, for ever."""
    await asyncio.Event().wait()


async def test_a_tool_call_that_hangs_delays_no_other_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(openai, "TOOL_SECS", 8.0)
    persona = replace(PERSONA, tools=(lookup,))

    async def answer(caller: Caller) -> Persona:
        return persona

    def reply(messages: Sequence[Message]) -> str | ToolCall:
        return "Nothing found." if messages[-1].get("role") == "tool" else ToolCall("lookup")

    async with (
        run_providers(reply=reply) as providers,
        running_bot(providers.env, answer=answer) as bot,
    ):
        listens = WaitForBot(quiet=3.6, timeout=16.0)
        steps = (BOT, Say("opening_hours.wav"), listens, HangUp())
        report = await place_call(bot.url, steps, profile=LIGHT)
    assert heard(report, ENGLISH.one_moment)
    assert heard(report, "Nothing found.")
    assert not heard(report, ENGLISH.sorry)
    assert longest_dead_air(report) < LONGEST_DEAD_AIR + report.lag
