"""Callers who press DTMF keys, eight at once over real sockets; some while no provider works."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from loguru import logger

from shared.bot import Caller, Persona
from shared.bot.actions import Action, Collect, HangUp, Say, Tell, Transfer
from shared.conversation.speech.prompt_cache import texts_of
from shared.languages.english.prompts import ENGLISH
from shared.languages.english.vocabulary import DIGITS
from shared.records.session_record import Ending
from shared.records.transfer_record import TransferRecord
from simulator.caller import scenario
from simulator.caller.caller import place_call
from simulator.caller.recording import TRANSCRIPTS, find_recording
from simulator.caller.report import CallReport
from simulator.caller.scenario import Pause, Press, Step, WaitForBot
from simulator.providers import (
    Behaviour,
    Completion,
    Hang,
    Providers,
    Refuse,
    Speaking,
    run_providers,
)
from simulator.providers.dialogue import ANSWERS, Message, default_reply, text_of
from simulator.speech import read_transcripts
from simulator.stream.profiles import PROFILES, Profile
from tests.support.bots import Bot, eventually, running_bot
from tests.support.capacity import a_line
from tests.support.transcribing import heard

OPENING = "Welcome to the test clinic. Press one for our opening hours, or zero for a person."
HOURS = "We are open from Monday to Saturday, from ten until seven."
BYE = "Thank you for calling. See you soon, we are looking forward to it."
WHICH_PIN = "Please enter your PIN, then press hash."
RIGHT, WRONG, NOTHING = "Your PIN is right.", "That PIN is wrong.", "You have entered nothing."
PIN, SURPLUS = "826493", "57"
SPOKEN = " ".join(DIGITS[int(digit)] for digit in PIN)
QUESTION = "what are your opening hours"
TOLD = "I have entered my PIN, it is right."
WHICH_NUMBER = "Please type your four digit customer number on the keys."
NUMBER = "9120"  # all of them menu keys
SAYS_IT = "opening_hours_saturday.wav"  # it is PIN that the STT hears there
EVERY_DAY, WELCOME, NOTED = (
    "Every day.",
    "Thank you.",
    "Noted.",
)  # so short that they are spoken in one piece

entered: dict[str, list[str]] = {}  # by case


async def check(case: str, digits: str) -> Action | None:
    entered.setdefault(case, []).append(digits)
    if not digits:
        return Say(NOTHING)
    if digits == "1":
        return Collect("Once more, please.", partial(check, case), length=len(PIN), secs=2.0)
    return Tell(TOLD) if digits == PIN else Say(WRONG)


def reply(messages: Sequence[Message]) -> str:
    answers = {QUESTION: EVERY_DAY, TOLD: WELCOME, f"DTMF: {NUMBER}": NOTED}
    return answers.get(text_of(messages[-1])) or default_reply(messages)


def persona_of(case: str) -> Persona:
    ask = Collect(WHICH_PIN, partial(check, case), secs=2.0)
    keys: Mapping[str, Action] = {
        "0": Transfer("pressed 0"),
        "1": Say(HOURS),
        "2": Tell(QUESTION),
        "3": ask,
        "4": replace(ask, length=len(PIN), terminator=""),
        "9": HangUp(BYE),
    }
    opening = WHICH_NUMBER if "number" in case else OPENING
    return Persona(instructions=f"This is {case}.", opening=opening, keys=keys)


LIGHT = replace(PROFILES["live"], frame_ms=100)
FLAT = replace(PROFILES["dtmf-flat"], frame_ms=100)
BOT, SAID = WaitForBot(quiet=1.5), Pause(1.6)
HANG_UP = scenario.HangUp()
ENTERS_IT = (SAID, Press(f"{PIN}#"), BOT, HANG_UP)

CASES: dict[str, tuple[Profile, tuple[Step, ...]]] = {
    "a key": (LIGHT, (Pause(1.5), Press("1"), BOT, HANG_UP)),
    "a flat key": (FLAT, (Pause(1.5), Press("1"), BOT, HANG_UP)),
    "a double key": (LIGHT, (Pause(1.5), Press("11", gap=0.15), BOT, HANG_UP)),
    "a question": (LIGHT, (Pause(1.5), Press("2"), BOT, HANG_UP)),
    "a question into the story": (
        LIGHT,
        (BOT, scenario.Say("tell_me_a_story.wav"), Pause(3.5), Press("2"), BOT, HANG_UP),
    ),
    "another key": (LIGHT, (Pause(1.5), Press("77"), BOT, HANG_UP)),
    "a PIN": (LIGHT, (Pause(1.0), Press("3"), *ENTERS_IT)),
    "a flat PIN": (FLAT, (Pause(1.0), Press("3"), *ENTERS_IT)),
    "a PIN by heart": (LIGHT, (Pause(1.0), Press(f"3{PIN}#", gap=0.05), BOT, HANG_UP)),
    "a PIN of that length": (
        LIGHT,
        (Pause(1.0), Press("4"), SAID, Press(f"{PIN}{SURPLUS}#"), BOT, HANG_UP),
    ),
    "no hash": (LIGHT, (Pause(1.0), Press("3"), SAID, Press("12"), BOT, HANG_UP)),
    "no PIN": (LIGHT, (Pause(1.0), Press("3"), Pause(7.5), HANG_UP)),
    "two questions": (
        LIGHT,
        (Pause(1.0), Press("3"), SAID, Press("1#"), SAID, Press(PIN), BOT, HANG_UP),
    ),
    "a word meanwhile": (
        LIGHT,
        (
            *(Pause(1.0), Press("3"), SAID, scenario.Say("opening_hours.wav"), BOT),
            *(Press(f"{PIN}#"), BOT, HANG_UP),
        ),
    ),
    "a spoken PIN": (
        LIGHT,
        (Pause(1.0), Press("3"), Pause(2.5), scenario.Say(SAYS_IT), BOT, HANG_UP),
    ),
    "a spoken PIN of that length": (
        LIGHT,
        (Pause(1.0), Press("4"), Pause(2.5), scenario.Say(SAYS_IT), BOT, Pause(2.0), HANG_UP),
    ),
    "a number": (LIGHT, (Pause(2.5), Press(NUMBER), BOT, HANG_UP)),
    "a number that takes long": (
        LIGHT,
        (Pause(2.5), Press("91", gap=1.2), Pause(4.0), Press("20", gap=1.2), BOT, HANG_UP),
    ),
    "a number and a late hash": (
        LIGHT,
        (Pause(2.5), Press(NUMBER, gap=0.1), Pause(1.4), Press("#"), BOT, HANG_UP),
    ),
    "a person": (LIGHT, (Pause(1.0), Press("0"))),
    "goodbye": (LIGHT, (Pause(1.0), Press("9"))),
    "not yet": (LIGHT, (Pause(1.0), Press("9"), SAID, Press("1"), BOT, HANG_UP)),
}
# While the LLM hangs and the TTS is away.
DEAF_AND_DUMB: dict[str, tuple[Profile, tuple[Step, ...]]] = {
    "dead: a key": CASES["a key"],
    "dead: a question": (LIGHT, (Pause(1.0), Press("2"), Pause(6.0), HANG_UP)),
    "dead: no PIN": CASES["no PIN"],
    "dead: a person": CASES["a person"],
    "dead: goodbye": CASES["goodbye"],
}


async def answer(caller: Caller) -> Persona:
    return persona_of(caller.custom_parameters["case"])


@dataclass(frozen=True)
class Calls:
    """What the callers lived, and what everybody else got to know."""

    reports: Mapping[str, CallReport]
    transfers: Mapping[str, TransferRecord | None]
    endings: Mapping[str, int]
    dead_endings: Mapping[str, int]
    providers: Providers
    log: str

    def questions(self, case: str) -> list[list[str]]:
        """All that the LLM was asked in a call: each time, what was said by then, in order."""
        asked = [list(completion.messages) for completion in self.providers.asked(Completion)]
        return [
            [f"{m['role']}: {m['content']}" for m in messages[1:]]
            for messages in asked
            if messages[0]["content"].startswith(f"This is {case}.")
        ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls() -> AsyncIterator[Calls]:
    prompts: list[str] = []
    sink = logger.add(prompts.append, level="DEBUG")
    quick = Behaviour(tts_latency=0.02, tts_speed=100)
    known = persona_of("known")
    numbers = persona_of("a number")
    people = {"TRANSFER_NUMBERS": "+918047112233"}
    async with (
        run_providers(quick, recordings=recordings(), reply=reply) as providers,
        run_providers(quick) as dead,
        running_bot({**providers.env, **people}, answer=answer, personas=(known, numbers)) as bot,
        running_bot({**dead.env, **people}, answer=answer, personas=(known,)) as helpless,
    ):
        for made in (bot, helpless):
            await eventually(lambda made=made: all_prepared(made, known))  # type: ignore[misc]
        dead.behaviour = replace(dead.behaviour, llm=Hang(), tts=Refuse(503))
        placed = [place(bot, *item) for item in CASES.items()]
        placed += [place(helpless, *item) for item in DEAF_AND_DUMB.items()]
        names = [*CASES, *DEAF_AND_DUMB]
        reports = dict(zip(names, await asyncio.gather(*placed), strict=True))
        transfers = {
            name: await (helpless if name in DEAF_AND_DUMB else bot).app.state.store.transfers.find(
                report.call_sid
            )
            for name, report in reports.items()
        }
        await eventually(lambda: not len(bot.capacity) + len(helpless.capacity))
    logger.remove(sink)
    endings, dead_endings = bot.capacity.metrics.endings, helpless.capacity.metrics.endings
    yield Calls(reports, transfers, endings, dead_endings, providers, "".join(prompts))


def recordings() -> dict[Path, str]:
    """Those of the simulator, in one of which the STT hears a PIN."""
    return {**read_transcripts(TRANSCRIPTS), find_recording(SAYS_IT): f"my pin is {SPOKEN}"}


def all_prepared(bot: Bot, persona: Persona) -> bool:
    prompt_cache = bot.app.state.resources.conversation.prompt_cache
    return all(prompt_cache.get(text, persona, 8_000) for text in texts_of(persona))


async def place(bot: Bot, case: str, call: tuple[Profile, tuple[Step, ...]]) -> CallReport:
    profile, steps = call
    url = f"{bot.url}?case={case.replace(' ', '%20')}"
    async with a_line():
        line = replace(profile, call_sid=case.replace(" ", "-"))
        return await place_call(url, steps, profile=line)


@pytest.mark.parametrize("case", ["a key", "a flat key", "a double key", "dead: a key"])
def test_a_dtmf_key_silences_the_bot_and_is_answered(calls: Calls, case: str) -> None:
    report = calls.reports[case]
    assert report.clears >= 1
    assert not heard(report, OPENING)
    assert heard(report, HOURS)
    assert report.turns[0].response is not None
    assert report.turns[0].response - report.lag < 1.5  # no provider is asked
    assert calls.questions(case) == []


def test_prompts_for_dtmf_keys_are_made_by_the_tts_once_for_all_calls(calls: Calls) -> None:
    spoken = [seen.transcript for seen in calls.providers.asked(Speaking)]
    assert [spoken.count(text) for text in (HOURS, BYE, WHICH_PIN)] == [1, 1, 1]


def test_a_dtmf_key_can_ask_the_llm_a_question(calls: Calls) -> None:
    (asked,) = calls.questions("a question")
    opening, question = asked
    assert question == f"user: {QUESTION}"
    assert f"assistant: {OPENING}".startswith(opening)
    assert heard(calls.reports["a question"], EVERY_DAY)


def test_a_question_by_dtmf_comes_after_what_was_played_until_then(calls: Calls) -> None:
    *_, asked = calls.questions("a question into the story")
    assert asked[-1] == f"user: {QUESTION}"
    assert asked[-3].endswith("story")
    assert 0 < len(asked[-2]) < len(ANSWERS["story"])
    assert f"assistant: {ANSWERS['story']}".startswith(asked[-2])
    assert heard(calls.reports["a question into the story"], EVERY_DAY)


def test_the_llm_is_told_dtmf_keys_that_mean_nothing_to_the_persona(calls: Calls) -> None:
    (asked,) = calls.questions("another key")
    assert asked[-1] == "user: DTMF: 77"
    assert calls.reports["another key"].turns[0].response is not None


@pytest.mark.parametrize(
    "case", ["a number", "a number that takes long", "a number and a late hash"]
)
def test_dtmf_keys_that_answer_a_question_are_told_as_one_number(calls: Calls, case: str) -> None:
    (asked,) = calls.questions(case)
    assert asked[-1] == f"user: DTMF: {NUMBER}"
    assert calls.reports[case].ended_by == "caller"
    assert heard(calls.reports[case], NOTED)


@pytest.mark.parametrize("case", ["a spoken PIN", "a spoken PIN of that length"])
def test_a_spoken_pin_is_collected_and_the_llm_is_not_asked_about_it(
    calls: Calls, case: str
) -> None:
    assert entered[case] == [PIN]
    (asked,) = calls.questions(case)
    assert f"user: {TOLD}" in asked
    assert heard(calls.reports[case], WELCOME)
    assert not heard(calls.reports[case], ENGLISH.again)


@pytest.mark.parametrize("case", ["a PIN", "a flat PIN", "a PIN by heart", "a PIN of that length"])
def test_a_dtmf_pin_is_collected_checked_and_forgotten(calls: Calls, case: str) -> None:
    assert entered[case] == [PIN]
    (asked,) = calls.questions(case)
    assert asked[-1] == f"user: {TOLD}"
    assert heard(calls.reports[case], WELCOME)


def test_a_dtmf_prompt_is_in_the_context_as_far_as_it_was_played(calls: Calls) -> None:
    (asked,) = calls.questions("a PIN")
    assert any(f"assistant: {WHICH_PIN}".startswith(line) for line in asked)


def test_dtmf_collection_without_a_hash_ends_after_a_short_timeout(calls: Calls) -> None:
    assert entered["no hash"] == ["12"]
    assert heard(calls.reports["no hash"], WRONG)


def test_a_caller_who_presses_nothing_is_reprompted_to_the_last_prompt(calls: Calls) -> None:
    assert entered["no PIN"] == [""]
    assert heard(calls.reports["no PIN"], WHICH_PIN)
    assert heard(calls.reports["no PIN"], NOTHING)


def test_collected_dtmf_digits_can_lead_to_the_next_prompt(calls: Calls) -> None:
    assert entered["two questions"] == ["1", PIN]
    assert calls.questions("two questions")


def test_a_caller_who_speaks_during_dtmf_collection_is_answered(calls: Calls) -> None:
    case = "a word meanwhile"
    first, *_ = calls.questions(case)
    assert first[-1] == f"user: {QUESTION}"
    assert heard(calls.reports[case], EVERY_DAY)
    assert entered[case] == [PIN]


def test_no_dtmf_pin_is_in_any_log_or_llm_request(calls: Calls) -> None:
    asked = "".join(map(str, calls.providers.asked(Completion)))
    for secret in (PIN, SURPLUS, *(PIN[at : at + 3] for at in range(len(PIN) - 2))):
        assert f"DTMF: {secret}" not in asked
    assert PIN not in asked
    assert SPOKEN not in asked
    assert SPOKEN not in calls.log
    assert PIN not in calls.log
    assert "call a-PIN started" in calls.log


@pytest.mark.parametrize("case", ["a person", "dead: a person"])
def test_the_dtmf_key_zero_transfers_to_a_person(calls: Calls, case: str) -> None:
    report, transfer = calls.reports[case], calls.transfers[case]
    assert heard(report, ENGLISH.connecting)
    assert report.ended_by == "bot"
    assert transfer is not None
    assert transfer.reason == "pressed 0"


@pytest.mark.parametrize("case", ["goodbye", "dead: goodbye"])
def test_a_dtmf_key_can_end_the_call(calls: Calls, case: str) -> None:
    assert heard(calls.reports[case], BYE)
    assert calls.reports[case].ended_by == "bot"


def test_a_dtmf_key_during_the_goodbye_cancels_the_hang_up(calls: Calls) -> None:
    report = calls.reports["not yet"]
    assert not heard(report, BYE)
    assert heard(report, HOURS)
    assert report.ended_by == "caller"


def test_the_caller_is_told_when_the_llm_has_no_answer_to_a_dtmf_key(calls: Calls) -> None:
    report = calls.reports["dead: a question"]
    assert heard(report, ENGLISH.one_moment)
    assert report.turns[0].response is not None
    assert report.turns[0].response - report.lag < 4.0


def test_prompts_ask_for_dtmf_keys_while_no_provider_works(calls: Calls) -> None:
    assert entered["dead: no PIN"] == [""]
    assert heard(calls.reports["dead: no PIN"], WHICH_PIN)


def test_calls_with_dtmf_end_as_keys_and_callers_decided(calls: Calls) -> None:
    for endings in (calls.endings, calls.dead_endings):
        assert endings[Ending.TRANSFERRED] == 1
        assert endings[Ending.BOT_HUNG_UP] == 1
        assert not endings.get(Ending.FAILURE)
