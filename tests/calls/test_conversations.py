"""Twelve concurrent conversations over real sockets; each test looks at one of them."""

import asyncio
import re
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from shared.bot import Caller, Persona
from shared.conversation.tools import instructions_of
from simulator.caller.caller import place_call
from simulator.caller.recording import load_recording
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Step, WaitForBot
from simulator.providers import Completion, Listening, Providers, Speaking, run_providers
from simulator.providers.dialogue import ANSWERS
from simulator.stream.profiles import Profile
from tests.support.bots import PERSONA, running_bot
from tests.support.capacity import a_line
from tests.support.transcribing import heard

UNFORESEEN = Persona(
    instructions="Be kind.",
    opening="Welcome back, Meera, how are you?",
    language="hi-IN",
    voice="voice-of-meera",
)
TALKATIVE = replace(
    PERSONA,
    opening="Hello, this is the test clinic, where you can ask for the opening hours, book an "
    "appointment or listen to a story, and all of it for nothing.",
)
SILENT = Persona(instructions="Wait until somebody speaks.")
BROKEN = "the customer database is away"

LIGHT = Profile(frame_ms=100)  # fewer messages, where their size is not the point
BOT = WaitForBot(quiet=0.5)
ASK: tuple[Step, ...] = (BOT, Say("opening_hours.wav"), BOT, HangUp())

CALLS: dict[str, tuple[str, Profile, tuple[Step, ...]]] = {
    "question": ("", Profile(), ASK),
    "16 kHz": ("?sample-rate=16000", LIGHT, ASK),
    "24 kHz": ("?sample-rate=24000", LIGHT, ASK),
    "yes": ("", LIGHT, (BOT, Say("yes.wav"), BOT, HangUp())),
    "quiet": ("", replace(LIGHT, noise_dbfs=-75), (BOT, Say("quiet.wav"), BOT, HangUp())),
    "hesitation": (
        "",
        LIGHT,
        (BOT, Say("hesitant_book_appointment.wav"), WaitForBot(quiet=1.5), HangUp()),
    ),
    "interruption": (
        "",
        LIGHT,
        (BOT, Say("tell_me_a_story.wav"), Interrupt("monday.wav", after=2.0), BOT, HangUp()),
    ),
    "interrupted opening": (
        "",
        replace(LIGHT, from_number="09812340005"),
        (Interrupt("tuesday.wav", after=0.6), BOT, HangUp()),
    ),
    "unforeseen": ("?campaign=7", replace(LIGHT, from_number="09812340001"), (BOT, HangUp())),
    "broken": ("", replace(LIGHT, from_number="09812340002"), (BOT, HangUp())),
    "forgetful": ("", replace(LIGHT, from_number="09812340004"), (BOT, HangUp())),
    "silent": (
        "",
        replace(LIGHT, from_number="+919812340003"),
        (Pause(1.0), Say("book_appointment.wav"), BOT, HangUp()),
    ),
}


async def answer(caller: Caller) -> Persona:
    """Decide by the caller's number, as users' bots do."""
    match caller.number:
        case "+919812340001":
            assert caller.called_number == "+918047112233"
            assert caller.custom_parameters == {"campaign": "7"}
            return UNFORESEEN
        case "+919812340002":
            raise ConnectionError(BROKEN)
        case "+919812340003":
            return SILENT
        case "+919812340004":
            return None  # type: ignore[return-value]  # as when a `return` is forgotten
        case "+919812340005":
            return TALKATIVE
    return PERSONA


@dataclass(frozen=True)
class Calls:
    """What the callers lived, and what the providers were asked."""

    reports: dict[str, CallReport]
    providers: Providers
    spoken_at_start_up: int

    def completions(self, question: str) -> list[list[dict[str, str]]]:
        """The LLM's messages, for each time it was asked this last."""
        asked = [list(completion.messages) for completion in self.providers.asked(Completion)]
        return [messages for messages in asked if messages[-1]["content"] == question]  # type: ignore[misc]

    def remembered(self, question: str) -> list[str]:
        """What the bot remembered to have said when it was asked this."""
        (messages,) = self.completions(question)
        return [m["content"] for m in messages if m["role"] == "assistant"]

    def times_spoken(self, text: str) -> int:
        return [seen.transcript for seen in self.providers.asked(Speaking)].count(text)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Calls]:
    quiet = tmp_path_factory.mktemp("recordings") / "quiet.wav"
    write_quiet("opening_hours.wav", quiet, peak_dbfs=-35)
    async with (
        run_providers() as providers,
        running_bot(providers.env, answer=answer, personas=(PERSONA, TALKATIVE)) as bot,
    ):
        spoken = len(providers.asked(Speaking))

        async def place(query: str, profile: Profile, steps: tuple[Step, ...]) -> CallReport:
            steps = tuple(Say(quiet) if step == Say("quiet.wav") else step for step in steps)
            async with a_line():
                return await place_call(bot.url + query, steps, profile=profile)

        reports = await asyncio.gather(*(place(*call) for call in CALLS.values()))
        again = await place(*CALLS["unforeseen"])
    by_name = dict(zip(CALLS, reports, strict=True)) | {"foreseen": again}
    yield Calls(by_name, providers, spoken)


def write_quiet(recording: str, path: Path, *, peak_dbfs: float) -> None:
    """Copy a recording at another level."""
    samples = load_recording(recording, 8_000).samples.astype(float)
    quiet = samples / np.abs(samples).max() * 32_768 * 10 ** (peak_dbfs / 20)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(quiet.astype(np.int16).tobytes())


def test_a_caller_asks_and_is_answered(calls: Calls) -> None:
    report = calls.reports["question"]
    (turn,) = report.turns
    assert turn.response is not None
    assert turn.response - report.lag < 4.0
    assert heard(report, PERSONA.opening)
    assert heard(report, ANSWERS["opening hours"])
    assert report.ended_by == "caller"
    assert report.bad_messages == ()
    assert {3_200} == set(report.message_sizes)


def test_the_llm_is_told_the_persona_the_opening_and_the_question(calls: Calls) -> None:
    system, *conversation = calls.completions("what are your opening hours")[0]
    alone = instructions_of(PERSONA, can_transfer=False)
    told, _, facts = system["content"].rpartition("\n")
    assert (system["role"], told) == ("system", alone)
    assert re.fullmatch(
        r"The call began on \w+day, \d+ \w+ 20\d\d, at \d\d:\d\d in India \(IST\)\. "
        r"The number of the phone you talk to is known to the system, though not shown to you\.",
        facts,
    )
    assert conversation == [
        {"role": "assistant", "content": PERSONA.opening},
        {"role": "user", "content": "what are your opening hours"},
    ]


def test_the_opening_needs_no_provider(calls: Calls) -> None:
    assert calls.spoken_at_start_up > 0
    assert calls.times_spoken(PERSONA.opening) == 3  # once for each sample rate, not for each call
    for name in ("question", "16 kHz", "yes", "broken"):
        report = calls.reports[name]
        assert report.first_sound is not None
        assert report.first_sound - report.lag < 2.0


@pytest.mark.parametrize("rate", [16_000, 24_000])
def test_stt_and_tts_run_at_exotel_s_sample_rate(calls: Calls, rate: int) -> None:
    report = calls.reports[f"{rate // 1_000} kHz"]
    assert report.sample_rate == rate
    assert report.turns[0].response is not None
    assert {3_840 if rate == 24_000 else 3_200} == set(report.message_sizes)
    assert heard(report, ANSWERS["opening hours"])
    listened = {seen.parameters["sample_rate"] for seen in calls.providers.asked(Listening)}
    spoken = {seen.output_format["sample_rate"] for seen in calls.providers.asked(Speaking)}
    assert str(rate) in listened
    assert rate in spoken


def test_a_barge_in_silences_the_bot_and_the_context_keeps_what_was_played(
    calls: Calls,
) -> None:
    report = calls.reports["interruption"]
    (barge_in,) = report.barge_ins
    assert barge_in.to_clear is not None
    assert barge_in.to_clear - report.lag < 1.5
    assert barge_in.to_silence is not None
    assert heard(report, "You said: monday.")
    opening, story = calls.remembered("monday")
    assert opening == PERSONA.opening
    # About 2.3 s of a story that takes some 15 were played.
    assert ANSWERS["story"].startswith(story)
    assert 0 < len(story) < len(ANSWERS["story"]) / 2


def test_an_interrupted_opening_is_in_the_context_as_far_as_played(calls: Calls) -> None:
    (opening,) = calls.remembered("tuesday")
    assert TALKATIVE.opening.startswith(opening)
    assert 0 < len(opening) < len(TALKATIVE.opening)


@pytest.mark.parametrize(
    ("name", "question"),
    [("yes", "yes"), ("quiet", "what are your opening hours")],
)
def test_short_and_quiet_utterances_are_answered(calls: Calls, name: str, question: str) -> None:
    assert calls.reports[name].turns[0].response is not None
    assert calls.completions(question)


def test_a_caller_who_hesitates_is_answered_at_the_end_of_turn(calls: Calls) -> None:
    assert calls.reports["hesitation"].turns[0].response is not None
    asked = [completion.messages[-1]["content"] for completion in calls.providers.asked(Completion)]
    assert any("book an appointment" in question for question in asked)


def test_an_unforeseen_opening_is_spoken_by_the_tts_live_and_then_cached(
    calls: Calls,
) -> None:
    assert heard(calls.reports["unforeseen"], UNFORESEEN.opening)
    assert heard(calls.reports["foreseen"], UNFORESEEN.opening)
    assert calls.times_spoken(UNFORESEEN.opening) == 1


def test_stt_and_tts_have_the_language_and_voice_of_the_persona(calls: Calls) -> None:
    listened = [seen.parameters["language"] for seen in calls.providers.asked(Listening)]
    assert listened.count("hi") == 2  # Deepgram knows Hindi by this name only
    assert listened.count("en-IN") == len(CALLS) - 1
    (spoken,) = [s for s in calls.providers.asked(Speaking) if s.transcript == UNFORESEEN.opening]
    assert (spoken.language, spoken.voice) == ("hi-IN", "voice-of-meera")


@pytest.mark.parametrize("name", ["broken", "forgetful"])
def test_the_fallback_persona_answers_when_the_bot_s_decision_fails(
    calls: Calls, name: str
) -> None:
    assert heard(calls.reports[name], PERSONA.opening)


def test_a_bot_without_an_opening_lets_the_caller_speak_first(calls: Calls) -> None:
    report = calls.reports["silent"]
    assert report.first_sound is not None
    assert report.first_sound > report.turns[0].ended_at
    assert heard(report, ANSWERS["appointment"])
    asked = calls.completions("i want to book an appointment")  # by the hesitating caller, too
    told = instructions_of(SILENT, can_transfer=False)
    assert any(system["content"].startswith(f"{told}\n") for system, *_ in asked)
