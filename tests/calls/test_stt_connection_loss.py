"""A lost STT connection: what the caller says meanwhile is transcribed all the same."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio

from shared.languages.english.prompts import ENGLISH
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport, Event
from simulator.caller.scenario import HangUp, Say, WaitForBot
from simulator.providers import Completion, Drop, Providers, Refuse, run_providers
from tests.support.bots import eventually, running_bot
from tests.support.capacity import a_line
from tests.support.transcribing import heard

ASKED = "what are your opening hours"
BOT = WaitForBot(quiet=1.0, timeout=12.0)
STEPS = (BOT, Say("opening_hours.wav"), BOT, Say("yes.wav"), BOT, HangUp())


@dataclass(frozen=True)
class Case:
    """A connection that breaks off.

    Args:
        at: Seconds from the beginning of the caller's words, which last 1.5 s.
        lasts: Seconds until it can be made again.
        environment: Of the bot.
    """

    at: float
    lasts: float = 0.0
    environment: Mapping[str, str] = field(default_factory=dict)


CASES = {
    "before the words": Case(0.02),
    "in the first word": Case(0.3),
    "in the middle": Case(0.8),
    "in the last word": Case(1.3),
    "before they are transcribed": Case(1.65),
    "in the middle, for a second": Case(0.8, lasts=1.0),
    "in the middle, for good, with a fallback": Case(
        0.8, lasts=60.0, environment={"STT_FALLBACK": "pocketsphinx"}
    ),
}

_starting = asyncio.Lock()  # Alembic's upgrades can't run side by side in one process


@dataclass(frozen=True)
class Lived:
    report: CallReport
    asked: list[str]  # of the LLM


async def break_off(providers: Providers, case: Case, said: asyncio.Event) -> None:
    await said.wait()
    await asyncio.sleep(case.at)
    well = providers.behaviour
    providers.behaviour = replace(well, stt=Drop())
    await eventually(lambda: providers.connections["stt"].open == 0)
    providers.behaviour = replace(well, stt=Refuse(503))
    await asyncio.sleep(case.lasts)
    providers.behaviour = well


async def live(case: Case) -> Lived:
    said = asyncio.Event()

    def listen(event: Event) -> None:
        if event.kind == "says":
            said.set()

    async with AsyncExitStack() as stack:
        providers = await stack.enter_async_context(run_providers())
        async with _starting:
            environment = {**providers.env, **case.environment}
            bot = await stack.enter_async_context(running_bot(environment))
        breaking = asyncio.create_task(break_off(providers, case, said))
        async with a_line():
            report = await place_call(bot.url, STEPS, on_event=listen)
        breaking.cancel()
        asked = [str(c.messages[-1]["content"]) for c in providers.asked(Completion)]
    return Lived(report, asked)


@pytest.fixture(autouse=True)
def log(log: list[str]) -> list[str]:
    """Here errors are what it is about."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lives() -> AsyncIterator[Mapping[str, Lived]]:
    lived = await asyncio.gather(*(live(case) for case in CASES.values()))
    yield dict(zip(CASES, lived, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_utterances_during_an_stt_connection_loss_are_answered_once(
    lives: Mapping[str, Lived], name: str
) -> None:
    lived = lives[name]
    assert lived.asked[0].strip().lower() == ASKED
    assert len(lived.asked) == 2
    assert all(turn.response is not None for turn in lived.report.turns)
    assert not heard(lived.report, ENGLISH.again)
