"""Openings of dialled calls, all at once over real sockets: who speaks first, and when."""

import asyncio
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from shared.bot import Caller, Persona
from shared.conversation.greeting.hello_timer import HELLO_SECS, LONGEST_SECS
from shared.conversation.greeting.policy import AfterHello, OpeningPolicy, WhenSpokenTo
from shared.session.session import Call
from simulator.caller.caller import place_call
from simulator.caller.recording import Recording, load_recording
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Step, WaitForBot
from simulator.providers import Completion, Providers, Speaking, run_providers
from simulator.providers.dialogue import ANSWERS
from simulator.speech import voice
from simulator.stream.profiles import PROFILES, Profile
from tests.support.bots import running_bot

RATE = 8_000
OPENING = "Good morning, this is the test clinic, about your appointment."
BOT = WaitForBot(quiet=0.5)
LIGHT = Profile(frame_ms=100)
SOON = 1.5  # seconds that this machine may need, besides the simulator's own lag


@dataclass(frozen=True)
class Case:
    """One call; its name is the persona's instructions, by which the LLM's requests are told."""

    first_word: OpeningPolicy
    steps: tuple[Step, ...]
    opening: str = OPENING
    profile: Profile = LIGHT


nobody: list[str] = []


def ringing(name: str, secs: float = 30.0) -> WhenSpokenTo:
    return WhenSpokenTo(secs, lambda: nobody.append(name))


HELLO, HELLO_AT_ONCE = Say("hello.wav"), Say("hello_at_once.wav")
RINGING = Say("ringback.wav"), Say("caller_tune.wav")
CASES = {
    "says nothing": Case(AfterHello(), (BOT, HangUp())),
    "says hello": Case(AfterHello(), (HELLO_AT_ONCE, BOT, Say("opening_hours.wav"), BOT, HangUp())),
    "says hello late": Case(AfterHello(), (Pause(0.7), HELLO, BOT, Pause(1.0), HangUp())),
    "interrupts": Case(AfterHello(), (Interrupt("tuesday.wav", after=1.3), BOT, HangUp())),
    "noisy answer": Case(
        AfterHello(), (BOT, HangUp()), profile=replace(PROFILES["noisy-answer"], frame_ms=100)
    ),
    "personal": Case(
        ringing("personal"),
        (Pause(1.5), HELLO, BOT, HangUp()),
        opening="Hello Meera, how are you today?",
    ),
    "no opening": Case(AfterHello(), (Pause(1.5), HELLO, BOT, HangUp()), opening=""),
    "rings": Case(ringing("rings"), (*RINGING, HELLO, BOT, HangUp())),
    "rings, no opening": Case(
        ringing("rings, no opening"),
        (*RINGING, Say("book_appointment.wav"), BOT, HangUp()),
        opening="",
    ),
    "nobody": Case(ringing("nobody", 3.0), (*RINGING, HangUp())),
}


@dataclass(frozen=True)
class Calls:
    """What the people lived, and what the providers were asked."""

    reports: dict[str, CallReport]
    providers: Providers
    began_at: float  # by the clock of the providers

    def questions(self, name: str) -> list[list[str]]:
        """All that the LLM was asked in a call: each time, what was said by then, in order."""
        asked = [list(completion.messages) for completion in self.providers.asked(Completion)]
        return [
            [f"{m['role']}: {m['content']}" for m in messages[1:]]
            for messages in asked
            if messages[0]["content"].partition("\n")[0] == name
        ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Calls]:
    folder = tmp_path_factory.mktemp("recordings")
    write_wav(folder / "ringback.wav", ringback())
    write_wav(folder / "caller_tune.wav", voice("La la la, la la la, la la la la la.", RATE))
    write_wav(
        folder / "hello_at_once.wav", without_the_silence_before(load_recording("hello.wav", RATE))
    )
    personas = {name: Persona(name, case.opening) for name, case in CASES.items()}

    async def answer(caller: Caller) -> Persona:
        return personas[caller.custom_parameters["case"]]

    async def place(name: str, case: Case) -> CallReport:
        steps = [in_folder(step, folder) for step in case.steps]
        url = f"{bot.url}?case={name.replace(' ', '%20')}"
        return await place_call(url, steps, profile=case.profile)

    known = (personas["says nothing"], personas["says hello"])
    async with (
        run_providers() as providers,
        running_bot(providers.env, answer=answer, personas=known) as bot,
    ):
        began_at = asyncio.get_running_loop().time()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Call, "_opening_policy", opening_policy_of_the_case)
            reports = await asyncio.gather(*(place(*item) for item in CASES.items()))
    yield Calls(dict(zip(CASES, reports, strict=True)), providers, began_at)


def opening_policy_of_the_case(call: Call) -> OpeningPolicy:
    return CASES[call._start.custom_parameters["case"]].first_word


def in_folder(step: Step, folder: Path) -> Step:
    match step:
        case Say(recording) if (folder / recording).exists():
            return Say(folder / recording)
    return step


def without_the_silence_before(recording: Recording) -> bytes:
    return recording.samples[int(recording.onset * RATE) :].astype("<i2").tobytes()


def ringback() -> bytes:
    """India's: 400 Hz, twice 0.4 s with 0.2 s between, then 2 s of silence."""
    tone = np.sin(2 * np.pi * 400 * np.arange(int(0.4 * RATE)) / RATE) * 0.2
    ring = np.concatenate([tone, np.zeros(RATE // 5), tone, np.zeros(2 * RATE)])
    return (ring * 32_767).astype("<i2").tobytes()


def write_wav(path: Path, pcm: bytes) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(pcm)


def times_heard(report: CallReport, text: str) -> int:
    """How often the beginning of `text` was heard in the voice of the providers."""
    return report.heard.count(voice(text, RATE)[RATE // 5 * 2 : RATE // 2 * 2])


def share_heard(report: CallReport, text: str) -> float:
    """How much of `text` was heard, from 0 to 1."""
    spoken, piece = voice(text, RATE), RATE // 10 * 2
    pieces = [spoken[at : at + piece] for at in range(0, len(spoken) - piece, piece)]
    return sum(part in report.heard for part in pieces) / len(pieces)


def first_sound(report: CallReport) -> float:
    assert report.first_sound is not None
    return report.first_sound - report.lag


def test_a_silent_person_hears_the_opening_after_a_moment(calls: Calls) -> None:
    report = calls.reports["says nothing"]
    assert report.first_sound is not None
    assert report.first_sound > HELLO_SECS
    assert first_sound(report) < HELLO_SECS + SOON
    assert share_heard(report, OPENING) > 0.8
    assert calls.questions("says nothing") == []


def test_a_hello_is_answered_by_the_opening_and_by_nothing_else(calls: Calls) -> None:
    report = calls.reports["says hello"]
    hello, question = report.turns
    assert report.first_sound is not None
    assert report.first_sound > hello.ended_at
    assert first_sound(report) < hello.ended_at + 0.6 + SOON
    assert times_heard(report, OPENING) == 1
    assert share_heard(report, OPENING) > 0.8
    assert question.response is not None
    assert calls.questions("says hello") == [
        ["user: hello", f"assistant: {OPENING}", "user: what are your opening hours"]
    ]


def test_a_hello_into_the_opening_does_not_cut_it(calls: Calls) -> None:
    report = calls.reports["says hello late"]
    assert times_heard(report, OPENING) == 1
    assert share_heard(report, OPENING) > 0.8
    assert calls.questions("says hello late") == []


def test_a_barge_in_later_interrupts_the_opening(calls: Calls) -> None:
    report = calls.reports["interrupts"]
    assert 0.1 < share_heard(report, OPENING) < 0.9
    ((opening, words),) = calls.questions("interrupts")
    assert f"assistant: {OPENING}".startswith(opening)
    assert words == "user: tuesday"


def test_a_noisy_line_does_not_delay_the_opening_for_long(calls: Calls) -> None:
    report = calls.reports["noisy answer"]
    assert first_sound(report) < HELLO_SECS + LONGEST_SECS + SOON
    assert times_heard(report, OPENING) == 1
    assert calls.questions("noisy answer") == []


def test_the_tts_makes_a_personal_opening_while_it_waits(calls: Calls) -> None:
    report, text = calls.reports["personal"], CASES["personal"].opening
    assert share_heard(report, text) > 0.8
    (made,) = [s for s in calls.providers.asked(Speaking) if s.transcript == text]
    assert made.at - calls.began_at < report.turns[0].began_at


def test_without_an_opening_the_person_s_first_utterance_is_answered(calls: Calls) -> None:
    report = calls.reports["no opening"]
    assert report.turns[0].response is not None
    assert calls.questions("no opening") == [["user: hello"]]


def test_no_opening_is_spoken_while_it_rings(calls: Calls) -> None:
    report = calls.reports["rings"]
    *_, hello = report.turns
    assert report.first_sound is not None
    assert report.first_sound > hello.ended_at
    assert first_sound(report) < hello.ended_at + 1.0 + SOON
    assert share_heard(report, OPENING) > 0.8
    assert calls.questions("rings") == []


def test_while_it_rings_no_turn_begins_without_an_opening_either(calls: Calls) -> None:
    report = calls.reports["rings, no opening"]
    assert report.first_sound is not None
    assert report.first_sound > report.turns[-1].ended_at
    assert share_heard(report, ANSWERS["appointment"]) > 0.8
    assert calls.questions("rings, no opening") == [["user: i want to book an appointment"]]


def test_an_opening_whose_dial_nobody_answers_is_given_up_once(calls: Calls) -> None:
    assert calls.reports["nobody"].first_sound is None
    assert calls.questions("nobody") == []
    assert nobody == ["nobody"]
