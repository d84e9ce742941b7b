"""Barge-in in whole calls: interruptions, noises, backchannels and the bot's own echo."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio

from simulator.caller.caller import place_call
from simulator.caller.recording import RECORDINGS
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Interrupt, Say, Step, WaitForBot
from simulator.providers import Completion, Providers, run_providers
from simulator.providers.dialogue import ANSWERS
from simulator.stream.profiles import PROFILES, Profile
from tests.support.bots import PERSONA, running_bot
from tests.support.capacity import a_line
from tests.support.recordings import RECORDED, Recorded
from tests.support.transcribing import heard

LIGHT = replace(PROFILES["live"], frame_ms=100)
BOT = WaitForBot(quiet=1.5, timeout=25.0)
LOUD = 0.25  # -12 dBFS, as some TTS speak: the caller is 13 dB softer, and once 23 dB
STORY = RECORDINGS / "tell_me_a_story.wav"

voice = importlib.import_module("simulator.speech.voice")  # the package's `voice` is a function
REAL = [RECORDED[name] for name in ("wait_a_minute", "stop", "excuse_me", "opening_hours_quiet")]
NOTHING = [RECORDED[name] for name in ("cough", "throat_clearing", "click_1")]
LISTENING = [RECORDED[name] for name in ("hmm_slt", "haan")]


@dataclass(frozen=True)
class Calls:
    reports: Mapping[str, CallReport]
    providers: Providers

    def asked(self, text: str) -> bool:
        """Whether the LLM was asked this."""
        asked = self.providers.asked(Completion)
        return text in [completion.messages[-1]["content"] for completion in asked]


def story_with(recorded: Recorded) -> tuple[Step, ...]:
    return (BOT, Say(STORY), Interrupt(recorded.path, after=2.0), BOT, HangUp())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls() -> AsyncIterator[Calls]:
    known = {recorded.path: recorded.text for recorded in (*REAL, *LISTENING)}
    known[STORY] = "tell me a story"
    scenarios: dict[str, tuple[tuple[Step, ...], Profile]] = {
        recorded.path.stem: (story_with(recorded), LIGHT)
        for recorded in (*REAL, *NOTHING, *LISTENING)
    }
    scenarios["echo"] = ((BOT, Say(STORY), BOT, HangUp()), replace(LIGHT, echo_db=-25.0))
    scenarios["noisy answer"] = ((BOT, HangUp()), replace(LIGHT, answer_burst=1.5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(voice, "LOUDNESS", LOUD)
        voice._speak_sentence.cache_clear()
        async with run_providers(recordings=known) as providers, running_bot(providers.env) as bot:
            reports = await asyncio.gather(
                *(place(bot.url, steps, line) for steps, line in scenarios.values())
            )
        yield Calls(dict(zip(scenarios, reports, strict=True)), providers)
    voice._speak_sentence.cache_clear()


async def place(url: str, steps: tuple[Step, ...], line: Profile) -> CallReport:
    async with a_line():
        return await place_call(url, steps, profile=line)


@pytest.mark.parametrize("recorded", REAL, ids=lambda recorded: recorded.path.stem)
def test_a_real_barge_in_stops_the_bot_and_is_answered(calls: Calls, recorded: Recorded) -> None:
    report = calls.reports[recorded.path.stem]
    (barge_in,) = report.barge_ins
    assert barge_in.to_silence is not None
    assert barge_in.to_silence - report.lag < 2.5  # the table has the figures
    assert calls.asked(recorded.text)
    assert not heard(report, ANSWERS["story"])


@pytest.mark.parametrize(
    "recorded", [*NOTHING, *LISTENING], ids=lambda recorded: recorded.path.stem
)
def test_what_is_no_barge_in_takes_nothing_from_the_playout(
    calls: Calls, recorded: Recorded
) -> None:
    report = calls.reports[recorded.path.stem]
    assert ends_of(ANSWERS["story"], report)
    assert not calls.asked(recorded.text)


@pytest.mark.parametrize("name", ["echo", "noisy answer"])
def test_neither_its_echo_nor_a_noisy_line_stops_the_bot(calls: Calls, name: str) -> None:
    report = calls.reports[name]
    assert heard(report, PERSONA.opening)
    assert report.clears == len(report.turns)  # one for each turn of the caller's


def ends_of(text: str, report: CallReport) -> bool:
    """Whether the end of a long text was heard: whatever happened, it was said to its end."""
    return heard(report, text[text.rindex("From") :])
