"""STT transcripts that come twice, early or unasked for: none of them costs an answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
import pytest_asyncio

from simulator.caller.caller import place_call
from simulator.caller.recording import RECORDINGS
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Interrupt, Say, Step, WaitForBot
from simulator.providers import Completion, Heard, Providers, run_providers
from simulator.speech import voice
from tests.support.bots import eventually, running_bot
from tests.support.capacity import a_line
from tests.support.recordings import RECORDED
from tests.support.transcribing import heard

ASKED = "what are your opening hours"
OPENING_HOURS = RECORDINGS / "opening_hours.wav"
STATEMENT = "We are open from nine to five, Monday to Friday, and on Saturdays until noon."
QUESTION = "Gladly, on Tuesday there is room at ten. Shall I book that for you?"
THANKS = "Done, it is booked."

HAAN, OKAY = RECORDED["haan"], RECORDED["okay_slt"]
BOT = WaitForBot(quiet=1.2, timeout=8.0)

Disturb = Callable[[Providers], Awaitable[None]]


def secs(text: str) -> float:
    return len(voice(text, 8_000)) / 16_000


async def nothing(_: Providers) -> None:
    pass


def after_the_words(wait: float, *texts: str, final: bool) -> Disturb:
    """What the speech recognition hears so long after the caller's words, though nobody speaks."""

    async def disturb(providers: Providers) -> None:
        await eventually(lambda: any(h.transcript for h in providers.asked(Heard)), within=20)
        for text in texts:
            await asyncio.sleep(wait)
            await providers.mishear(text, final=final)

    return disturb


@dataclass(frozen=True)
class Case:
    answer: str
    steps: tuple[Step, ...]
    disturb: Disturb = nothing


def asking(answer: str, *then: Step) -> tuple[Step, ...]:
    return (BOT, Say(OPENING_HOURS), *then, BOT, HangUp())


CASES = {
    "a final comes twice": Case(
        STATEMENT,
        asking(STATEMENT),
        after_the_words(0.9, "What are your opening hours?", final=True),
    ),
    "a final comes three times at once": Case(
        STATEMENT, asking(STATEMENT), after_the_words(0.1, ASKED, ASKED, final=True)
    ),
    "noise looks like words while the answer is made": Case(
        STATEMENT, asking(STATEMENT), after_the_words(0.05, "the", "and the", final=False)
    ),
    "noise looks like words while the answer is heard": Case(
        STATEMENT, asking(STATEMENT), after_the_words(1.2, "so", "so", final=False)
    ),
    "assent over a statement": Case(STATEMENT, asking(STATEMENT, Interrupt(OKAY.path, after=1.0))),
    "assent over the end of a question": Case(
        QUESTION, asking(QUESTION, Interrupt(HAAN.path, after=secs(QUESTION) - 0.35))
    ),
    "assent before the end of a question": Case(
        QUESTION, asking(QUESTION, Interrupt(HAAN.path, after=secs(QUESTION) - 0.7))
    ),
}


@dataclass(frozen=True)
class Lived:
    report: CallReport
    asked: list[str]  # of the LLM


_starting = asyncio.Lock()  # Alembic's upgrades can't run side by side in one process


async def live(case: Case) -> Lived:
    known = {OPENING_HOURS: ASKED, HAAN.path: HAAN.text, OKAY.path: OKAY.text}

    def reply(messages: object) -> str:
        return case.answer if len(providers.asked(Completion)) < 2 else THANKS

    async with AsyncExitStack() as stack:
        providers = await stack.enter_async_context(run_providers(reply=reply, recordings=known))
        async with _starting:
            bot = await stack.enter_async_context(running_bot(providers.env))
        async with a_line():
            report, _ = await asyncio.gather(
                place_call(bot.url, case.steps), case.disturb(providers)
            )
        asked = [str(c.messages[-1]["content"]) for c in providers.asked(Completion)]
    return Lived(report, asked)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lives() -> AsyncIterator[Mapping[str, Lived]]:
    lived = await asyncio.gather(*(live(case) for case in CASES.values()))
    yield dict(zip(CASES, lived, strict=True))


@pytest.mark.parametrize("name", [name for name in CASES if "question" not in name])
def test_a_repeated_stt_transcript_neither_repeats_nor_cuts_the_answer(
    lives: Mapping[str, Lived], name: str
) -> None:
    assert lives[name].asked == [ASKED]
    assert heard(lives[name].report, STATEMENT)


@pytest.mark.parametrize("name", [name for name in CASES if "question" in name])
def test_an_utterance_into_a_question_s_last_words_is_answered(
    lives: Mapping[str, Lived], name: str
) -> None:
    lived = lives[name]
    assert lived.asked == [ASKED, HAAN.text]
    assert heard(lived.report, THANKS)
