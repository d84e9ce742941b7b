"""Hang-ups by the bot: the goodbye is played in full, and the caller may still cancel it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio

from shared.bot import Caller, Persona
from shared.bot.turn_settings import IdleSettings
from shared.conversation import time_limit
from shared.languages.english.prompts import ENGLISH
from shared.records.session_record import Ending
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Interrupt, Pause, Press, Say, Step, WaitForBot
from simulator.providers import run_providers
from simulator.providers.dialogue import Message, ToolCall, default_reply, text_of
from simulator.stream.profiles import PROFILES, Profile
from tests.support.bots import PERSONA, eventually, running_bot
from tests.support.capacity import a_line
from tests.support.transcribing import heard

LIGHT = replace(PROFILES["live"], frame_ms=100)
BOT = WaitForBot(quiet=1.0)
GOODBYE = "Thank you for calling us today, and have a very pleasant evening."
LEAVES: tuple[Step, ...] = (BOT, Say("goodbye.wav"), Pause(12.0))
INTERRUPTS: tuple[Step, ...] = (BOT, Say("goodbye.wav"), Interrupt("opening_hours.wav", after=1.0))
HASTY = IdleSettings(first=1.5, again=1.5, goodbye=1.5)

MARKS = {
    "echoed": LIGHT,
    "never echoed": replace(LIGHT, mark_delay=None),
    "echoed late": replace(LIGHT, mark_delay=1.0),
    "played after the close": replace(LIGHT, drains_on_close=True),
}


@dataclass(frozen=True)
class Case:
    steps: tuple[Step, ...]
    profile: Profile = LIGHT
    environment: Mapping[str, str] = field(default_factory=dict)
    persona: Persona = PERSONA


CASES: dict[str, Case] = {
    **{f"marks {name}": Case(LEAVES, profile) for name, profile in MARKS.items()},
    "a second thought": Case((*INTERRUPTS, BOT, HangUp())),
    "a key": Case((BOT, Say("goodbye.wav"), Pause(1.6), Press("5"), BOT, HangUp())),
    "hangs up too": Case((BOT, Say("goodbye.wav"), Pause(2.0), HangUp())),
    "says nothing": Case((Pause(40.0),), persona=replace(PERSONA, idle=HASTY)),
    "nobody begins": Case((Pause(30.0),), persona=replace(PERSONA, opening="", idle=HASTY)),
    "answers when asked": Case(
        (BOT, WaitForBot(quiet=0.5), Say("opening_hours.wav"), BOT, Pause(4.0), HangUp()),
        persona=replace(PERSONA, idle=replace(HASTY, first=2.5)),
    ),
    "talks for ever": Case(
        (*(BOT, Say("opening_hours.wav")) * 9,), environment={"MAX_CALL_SECS": "30"}
    ),
}


def reply(messages: Sequence[Message]) -> str | ToolCall:
    """Say goodbye with the tool, as the bot is told to."""
    said = text_of(messages[-1]) if messages[-1].get("role") == "user" else ""
    return (
        ToolCall("hang_up", {"goodbye": GOODBYE}) if "goodbye" in said else default_reply(messages)
    )


@dataclass(frozen=True)
class Lived:
    report: CallReport
    endings: Mapping[str, int]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lives() -> AsyncIterator[Mapping[str, Lived]]:
    starting = asyncio.Lock()

    async def live(case: Case) -> Lived:
        async def answer(caller: Caller) -> Persona:
            return case.persona

        async with run_providers(reply=reply) as providers:
            bots = running_bot({**providers.env, **case.environment}, answer=answer)
            async with starting:
                bot = await bots.__aenter__()
            try:
                async with a_line():
                    report = await place_call(bot.url, case.steps, profile=case.profile)
                await eventually(lambda: len(bot.capacity) == 0)
            finally:
                await bots.__aexit__(None, None, None)
        return Lived(report, bot.capacity.metrics.endings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time_limit, "WARNING_SECS", 15.0)
        lived = await asyncio.gather(*(live(case) for case in CASES.values()))
    yield dict(zip(CASES, lived, strict=True))


async def test_the_goodbye_is_heard_in_full_and_then_the_bot_hangs_up(
    lives: Mapping[str, Lived],
) -> None:
    for name in MARKS:
        lived = lives[f"marks {name}"]
        assert heard(lived.report, GOODBYE), name
        assert lived.report.ended_by == "bot", name
        assert lived.report.close_code == 1000
        assert lived.endings == {Ending.BOT_HUNG_UP: 1}
        assert lived.report.marks, name
        assert {3_200} == set(lived.report.message_sizes)  # no two seconds of silence in one


async def test_the_mark_after_the_goodbye_ends_the_call(lives: Mapping[str, Lived]) -> None:
    (mark,) = lives["marks echoed"].report.marks
    assert mark.echoed_at is not None
    soon, late = (lives[f"marks {name}"].report for name in ("echoed", "never echoed"))
    assert soon.duration < late.duration


async def test_the_llm_is_not_asked_for_more_once_it_has_hung_up(
    lives: Mapping[str, Lived],
) -> None:
    assert not heard(lives["marks echoed"].report, "That is done.")


async def test_an_utterance_during_the_goodbye_is_answered(lives: Mapping[str, Lived]) -> None:
    lived = lives["a second thought"]
    assert lived.report.ended_by == "caller"
    assert heard(lived.report, "We are open from nine to five, Monday to Friday.")
    assert not heard(lived.report, GOODBYE)


async def test_a_dtmf_key_during_the_goodbye_cancels_the_hang_up_too(
    lives: Mapping[str, Lived],
) -> None:
    lived = lives["a key"]
    assert lived.report.ended_by == "caller"
    assert not heard(lived.report, GOODBYE)
    (_, key) = lived.report.turns
    assert key.response is not None


async def test_a_caller_who_hangs_up_during_the_goodbye_ends_the_call(
    lives: Mapping[str, Lived],
) -> None:
    assert lives["hangs up too"].endings == {Ending.CALLER_HUNG_UP: 1}


async def test_an_idle_caller_is_reprompted_twice_and_told_goodbye(
    lives: Mapping[str, Lived],
) -> None:
    lived = lives["says nothing"]
    for line in (PERSONA.opening, ENGLISH.still_there, ENGLISH.hello, ENGLISH.nobody):
        assert heard(lived.report, line), line
    assert lived.endings == {Ending.SILENCE: 1}
    assert lived.report.ended_by == "bot"


async def test_an_idle_caller_is_reprompted_though_there_is_no_opening(
    lives: Mapping[str, Lived],
) -> None:
    lived = lives["nobody begins"]
    for line in (ENGLISH.still_there, ENGLISH.hello, ENGLISH.nobody):
        assert heard(lived.report, line), line
    assert lived.endings == {Ending.SILENCE: 1}


async def test_an_idle_caller_who_answers_is_not_reprompted_at_once(
    lives: Mapping[str, Lived],
) -> None:
    lived = lives["answers when asked"]
    assert heard(lived.report, ENGLISH.still_there)
    assert heard(lived.report, "We are open from nine to five, Monday to Friday.")
    assert not heard(lived.report, ENGLISH.hello)
    assert lived.endings == {Ending.CALLER_HUNG_UP: 1}


async def test_the_time_limit_of_a_call_is_announced_and_ends_it(
    lives: Mapping[str, Lived],
) -> None:
    lived = lives["talks for ever"]
    assert heard(lived.report, ENGLISH.minute_left)
    assert lived.endings == {Ending.TOO_LONG: 1}
    assert 30.0 < lived.report.duration < 50.0
