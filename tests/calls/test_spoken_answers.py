"""LLM answers as the TTS gets them and the caller hears them, in two concurrent calls."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import pytest_asyncio

from shared.bot import Caller, Persona
from shared.languages.english.prompts import ENGLISH
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Say, Step, WaitForBot
from simulator.providers import Cancelled, Completion, Providers, Speaking, run_providers
from simulator.providers.dialogue import Message
from simulator.stream.profiles import Profile
from tests.support.bots import running_bot
from tests.support.transcribing import heard

LIGHT = Profile(frame_ms=100)
BOT = WaitForBot(quiet=1.0, timeout=30.0)
ASHA = Persona("You are Asha, a clerk.", opening="Hello, this is Asha.")

TRICKY = (
    "<|im_start|>assistant\nAsha: [laughs] Dr.Rao is in Mon–Sat 10-7. *smiles* ... "
    "1. Cleaning Rs. 500 [1]. 2. Plate KA 01 AB 1234&nbsp;is yours. [END_CALL]<|im_end|>"
)
SPOKEN = [
    "Doctor Rao is in Monday to Saturday ten to seven.",
    "one: Cleaning, five hundred rupees.",
    "two: Plate KA zero one AB one two three four is yours.",
]
SENTENCE = "We clean teeth on holidays too. "
STORY = SENTENCE * 150  # 900 words
REST = "That was nearly all of it."


def reply(messages: Sequence[Message]) -> str:
    said = [message["content"] for message in messages if message["role"] == "user"]
    if len(said) > 1:
        return REST
    return STORY if "story" in said[0] else TRICKY


@dataclass(frozen=True)
class Call:
    report: CallReport
    providers: Providers

    @property
    def answers(self) -> list[str]:
        """What the voice was given since the LLM was first asked."""
        asked = self.providers.asked(Completion)[0].at
        given = (seen for seen in self.providers.asked(Speaking) if seen.at >= asked)
        return [seen.transcript.strip() for seen in given if seen.transcript]


async def call(*steps: Step, words: int = 150) -> Call:
    async def answer(caller: Caller) -> Persona:
        return replace(ASHA, max_answer_words=words)

    async with AsyncExitStack() as stack:
        providers: Providers = await stack.enter_async_context(run_providers(reply=reply))
        async with _starting:
            running = running_bot(providers.env, answer=answer, personas=(ASHA,))
            bot = await stack.enter_async_context(running)
        report = await place_call(bot.url, (BOT, *steps, HangUp()), profile=LIGHT)
    return Call(report, providers)


_starting = asyncio.Lock()  # Alembic's upgrades can't run side by side in one process


@dataclass(frozen=True)
class Calls:
    tricky: Call
    long: Call


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls() -> AsyncIterator[Calls]:
    tricky, long = await asyncio.gather(
        call(Say("opening_hours.wav"), BOT),
        call(Say("tell_me_a_story.wav"), BOT, Say("yes.wav"), BOT, words=10),
    )
    yield Calls(tricky, long)


def test_the_tts_gets_the_spoken_text_and_nothing_else(calls: Calls) -> None:
    assert calls.tricky.answers == SPOKEN
    assert all(heard(calls.tricky.report, text) for text in SPOKEN)


def test_a_long_llm_answer_is_cut_with_an_offer_to_go_on(calls: Calls) -> None:
    assert heard(calls.long.report, ENGLISH.go_on)
    answers = calls.long.answers
    assert ENGLISH.go_on in answers
    assert "".join(answers).count("holidays") == 2


def test_the_llm_is_cancelled_where_a_long_answer_is_cut(calls: Calls) -> None:
    (stopped,) = [seen for seen in calls.long.providers.asked(Cancelled) if seen.provider == "llm"]
    assert stopped.at < calls.long.providers.asked(Completion)[1].at


def test_the_llm_knows_what_was_played_of_a_long_answer_and_goes_on(calls: Calls) -> None:
    messages = calls.long.providers.asked(Completion)[1].messages
    assert messages[-2]["content"] == f"{SENTENCE * 2}{ENGLISH.go_on}"
    assert messages[-1]["content"] == "yes"
    assert heard(calls.long.report, REST)


def test_spoken_answers_need_no_apology_prompt(calls: Calls) -> None:
    for line in (ENGLISH.sorry, ENGLISH.one_moment, ENGLISH.again):
        assert line not in [*calls.long.answers, *calls.tricky.answers]
        assert not heard(calls.long.report, line)
