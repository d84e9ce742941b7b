"""Whole calls over a real socket: the caller speaks, the bot answers, and both can interrupt."""

import asyncio
import wave
from pathlib import Path

import numpy as np

from shared.conversation.persona import Caller, Persona
from simulator.caller import place_call
from simulator.profiles import Profile
from simulator.providers import Completion, Listening, Providers, Speaking
from simulator.providers.dialogue import ANSWERS
from simulator.recording import load_recording
from simulator.report import CallReport
from simulator.scenario import HangUp, Interrupt, Pause, Say, WaitForBot
from simulator.speech import voice
from tests.support import PERSONA, Bot, running_bot

LIGHT = Profile(frame_ms=100)  # fewer messages, where their size is not the point
ASK = (WaitForBot(), Say("opening_hours.wav"), WaitForBot(), HangUp())


def heard(report: CallReport, text: str) -> bool:
    """Whether the caller heard the providers' voice say all of `text`."""
    rate = report.sample_rate
    return voice(text, rate)[rate // 5 : -rate // 5] in report.heard  # its edges are faded


def said_by_the_bot(providers: Providers) -> list[str]:
    """The assistant's messages that the last LLM request contained."""
    messages = providers.asked(Completion)[-1].messages
    return [m["content"] for m in messages if m["role"] == "assistant"]


async def test_a_caller_asks_and_is_answered(bot: Bot, providers: Providers) -> None:
    report = await place_call(bot.url, ASK)
    (turn,) = report.turns
    assert turn.response is not None
    assert turn.response < 2.5
    assert report.ended_by == "caller"
    assert report.bad_messages == ()
    assert {3_200} == set(report.message_sizes)
    question = providers.asked(Completion)[-1].messages[-1]
    assert question == {"role": "user", "content": "what are your opening hours"}
    assert said_by_the_bot(providers) == [PERSONA.opening]


async def test_the_first_word_is_there_before_any_provider_is_asked(
    bot: Bot, providers: Providers
) -> None:
    spoken_at_start_up = len(providers.asked(Speaking))
    report = await place_call(bot.url, (WaitForBot(), HangUp()))
    assert report.first_sound is not None
    assert report.first_sound < 1.0
    assert heard(report, PERSONA.opening)
    assert len(providers.asked(Speaking)) == spoken_at_start_up


async def test_the_whole_call_runs_at_the_rate_that_exotel_streams(
    bot: Bot, providers: Providers
) -> None:
    rates = (8_000, 16_000, 24_000)
    reports = await asyncio.gather(
        *(place_call(f"{bot.url}?sample-rate={rate}", ASK, profile=LIGHT) for rate in rates)
    )
    for rate, report in zip(rates, reports, strict=True):
        assert report.sample_rate == rate
        assert report.turns[0].response is not None
        assert {3_840 if rate == 24_000 else 3_200} == set(report.message_sizes)
        assert heard(report, PERSONA.opening if rate == 8_000 else ANSWERS["opening hours"])
    listened = {seen.parameters["sample_rate"] for seen in providers.asked(Listening)}
    spoken = {seen.output_format["sample_rate"] for seen in providers.asked(Speaking)}
    assert listened == {str(rate) for rate in rates}
    assert spoken == set(rates)


async def test_an_interruption_silences_the_bot_and_the_context_keeps_what_was_played(
    bot: Bot, providers: Providers
) -> None:
    report = await place_call(
        bot.url,
        (
            WaitForBot(),
            Say("tell_me_a_story.wav"),
            Interrupt("opening_hours.wav", after=2.0),
            WaitForBot(),
            HangUp(),
        ),
    )
    (barge_in,) = report.barge_ins
    assert barge_in.to_clear is not None
    assert barge_in.to_clear < 1.5
    assert barge_in.to_silence is not None
    assert heard(report, ANSWERS["opening hours"])
    opening, story = said_by_the_bot(providers)
    assert opening == PERSONA.opening
    assert ANSWERS["story"].startswith(story)
    # About 2.3 s of a story that takes some 15 were played.
    assert 0 < len(story) < len(ANSWERS["story"]) / 2


async def test_an_interrupted_opening_is_remembered_as_far_as_it_was_played(
    bot: Bot, providers: Providers
) -> None:
    await place_call(bot.url, (Interrupt("opening_hours.wav", after=0.6), WaitForBot(), HangUp()))
    (opening,) = said_by_the_bot(providers)
    assert PERSONA.opening.startswith(opening)
    assert 0 < len(opening) < len(PERSONA.opening)


async def test_short_quiet_and_hesitant_callers_are_heard_and_answered(
    bot: Bot, providers: Providers, tmp_path: Path
) -> None:
    quiet = tmp_path / "quiet.wav"
    write_quiet("opening_hours.wav", quiet, peak_dbfs=-35)
    recordings = ("yes.wav", str(quiet), "hesitant_book_appointment.wav")
    reports = await asyncio.gather(
        *(
            place_call(
                bot.url,
                (WaitForBot(), Say(recording), WaitForBot(quiet=1.5), HangUp()),
                profile=Profile(noise_dbfs=-75, frame_ms=100),
            )
            for recording in recordings
        )
    )
    for report in reports:
        assert report.turns[0].response is not None
        assert report.turns[0].response < 3.0  # a turn model in doubt costs a second, not three
    asked = {completion.messages[-1]["content"] for completion in providers.asked(Completion)}
    assert {"yes", "what are your opening hours"} <= asked
    assert any("book an appointment" in question for question in asked)


def write_quiet(recording: str, path: Path, *, peak_dbfs: float) -> None:
    """Copy a recording at another level."""
    samples = load_recording(recording, 8_000).samples.astype(float)
    quiet = samples / np.abs(samples).max() * 32_768 * 10 ** (peak_dbfs / 20)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(quiet.astype(np.int16).tobytes())


async def test_an_opening_that_was_not_foreseen_is_said_live_and_is_ready_the_next_time(
    providers: Providers,
) -> None:
    welcome = Persona(instructions="Be kind.", opening="Welcome back, Meera, how are you?")

    async def answer(caller: Caller) -> Persona:
        assert caller.number == "+919876543210"
        assert caller.called_number == "+918047112233"
        assert caller.custom_parameters == {"campaign": "7"}
        return welcome

    async with running_bot(providers.env, answer=answer) as bot:
        asked = []
        for _ in range(2):
            report = await place_call(f"{bot.url}?campaign=7", (WaitForBot(), HangUp()))
            assert heard(report, welcome.opening)
            asked.append([s.transcript for s in providers.asked(Speaking)].count(welcome.opening))
    assert asked == [1, 1]


async def test_when_the_bots_own_decision_fails_the_fallback_answers(
    providers: Providers, log: list[str]
) -> None:
    async def answer(caller: Caller) -> Persona:
        raise ConnectionError("the customer database is away")

    async with running_bot(providers.env, answer=answer) as bot:
        report = await place_call(bot.url, (WaitForBot(), HangUp()))
    assert heard(report, PERSONA.opening)
    (error,) = [line for line in log if line.startswith("ERROR")]
    assert "the customer database is away" in error
    log.remove(error)


async def test_a_bot_without_an_opening_lets_the_caller_speak_first(providers: Providers) -> None:
    silent = Persona(instructions="Wait.")

    async def answer(caller: Caller) -> Persona:
        return silent

    async with running_bot(providers.env, answer=answer, personas=(silent,)) as bot:
        report = await place_call(
            bot.url, (Pause(1.0), Say("opening_hours.wav"), WaitForBot(), HangUp())
        )
    assert report.first_sound is not None
    assert report.first_sound > report.turns[0].ended_at
    assert heard(report, ANSWERS["opening hours"])


async def test_eight_callers_at_once_each_have_their_own_conversation(
    bot: Bot, providers: Providers
) -> None:
    questions = ("opening_hours", "yes", "hello", "book_appointment") * 2
    reports = await asyncio.gather(
        *(
            place_call(
                bot.url, (WaitForBot(), Say(f"{name}.wav"), WaitForBot(), HangUp()), profile=LIGHT
            )
            for name in questions
        )
    )
    answers = {"opening_hours": "opening hours", "book_appointment": "appointment"}
    for name, report in zip(questions, reports, strict=True):
        assert report.turns[0].response is not None
        if name in answers:
            assert heard(report, ANSWERS[answers[name]])
