"""Whole dialled calls that an answering machine, a call screen or somebody else answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from benchmarks.processes import free_port
from shared.languages.english.prompts import ENGLISH
from shared.providers.offline.bot import REMINDER
from simulator.caller.recording import TRANSCRIPTS, find_recording
from simulator.caller.report import CallReport
from simulator.caller.scenario import Beep, HangUp, Pause, Say, Step, WaitForBot
from simulator.caller.scenarios import find_scenario
from simulator.exotel import (
    Answers,
    Call,
    Flow,
    Hangup,
    NoAnswer,
    Voicebot,
    Voicemail,
    run_exchange,
)
from simulator.exotel.calls.people import Person
from simulator.providers import Completion, Providers, run_providers
from simulator.providers.dialogue import default_reply
from simulator.speech import read_transcripts, sentences, voice
from simulator.stream.profiles import Profile
from tests.support.outbound import Rig, running_outbound

pytestmark = pytest.mark.asyncio(loop_scope="module")

RATE = 8_000
FLOW = "77"
MESSAGE = REMINDER.voicemail
BEEP = Beep()
RECORDS = Pause(12.0)
LONGEST_DELAY = 0.5  # seconds
TALK = (WaitForBot(quiet=0.4), HangUp())
ON_ANOTHER_CALL = Say("on_another_call.wav")
# What the STT hears in some recordings.
PHONES_SCREEN, STAY = "opening_hours_saturday.wav", "opening_hours_woman.wav"
WIFE, COLLEAGUE = "book_appointment_scottish.wav", "book_appointment_british.wav"
HEARD = {
    PHONES_SCREEN: "hi if you record your name and reason for calling i will see if this person is "
    "available",
    STAY: "thanks please stay on the line",
    WIFE: "hello his phone is switched off i am his wife",
    COLLEAGUE: "you can leave your name and number with me",
}


def answers(*steps: Step) -> Person:
    return Answers(after=0.5, scenario=steps)


MAILBOX = answers(Say("voicemail.wav"), Pause(2.0), BEEP, RECORDS)


@dataclass(frozen=True)
class Case:
    """Who is rung, how, and by a bot with which setting."""

    person: Person
    setting: str = "hang-up"
    mode: str = "voice-ai"


CASES = {
    "mailbox": Case(MAILBOX),
    "mailbox in a flow": Case(MAILBOX, mode="flow"),
    "mailbox of few words": Case(Voicemail(after=0.5, greeting="odd_voicemail.wav")),
    "menu": Case(Answers(after=0.5, scenario=find_scenario("menu"))),
    "screen": Case(answers(Pause(0.2), Say("call_screen.wav"), *TALK)),
    "a phone's screen": Case(
        answers(Say(PHONES_SCREEN), Pause(6.5), Say(STAY), Pause(9.0), Say("hello.wav"), *TALK)
    ),
    "a wife": Case(answers(Say(WIFE), *TALK), mode="two-numbers"),
    "a colleague": Case(answers(Say(COLLEAGUE), *TALK)),
    "long hello": Case(answers(Say("who_is_this.wav"), *TALK)),
    "silent person": Case(answers(*TALK)),
    "silent person, not listened to": Case(answers(*TALK), "ignore"),
    "person": Case(answers(Say("hello.wav"), *TALK)),
    "person, not listened to": Case(answers(Say("hello.wav"), *TALK), "ignore"),
    "operator": Case(answers(Say("switched_off.wav"), Pause(8.0), HangUp()), mode="two-numbers"),
    "hold the line": Case(
        answers(ON_ANOTHER_CALL, Pause(0.8), Say("hello.wav"), *TALK), mode="two-numbers"
    ),
    "message": Case(Voicemail(after=0.5), "leave-message"),
    "message in two-numbers mode": Case(Voicemail(after=0.5), "leave-message", "two-numbers"),
    "message without a beep": Case(answers(Say("voicemail.wav"), RECORDS), "leave-message"),
    "message into the beep": Case(
        answers(Say("voicemail.wav"), Pause(2.8), BEEP, RECORDS), "leave-message"
    ),
}
NUMBERS = {name: f"+9198500001{place:02}" for place, name in enumerate(CASES)}


@dataclass(frozen=True)
class Dialled:
    """One call that is over."""

    call: Call
    record: Mapping[str, Any]

    @property
    def report(self) -> CallReport:
        report = self.call.report
        assert report
        return report

    @property
    def ending(self) -> str:
        ending: str = self.record["ending"]
        return ending

    def times_heard(self, text: str) -> int:
        """How often a text was heard, by the beginning of its least heard sentence."""
        return min(self.report.heard.count(voice(each, RATE)[:8_000]) for each in sentences(text))

    def heard_out(self, text: str) -> bool:
        """Whether the end of a text was heard; its beginning may be, before a machine is known."""
        return voice(sentences(text)[-1], RATE)[-8_000:] in self.report.heard

    def heard_from(self, text: str) -> float:
        """When the last of it began, in seconds."""
        return self.report.heard.rfind(voice(text, RATE)[:4_000]) / 2 / RATE

    def ended(self, kind: str) -> float:
        """When the person, or the machine, last did something of this kind."""
        return max(event.at for event in self.report.events if event.kind == kind)


@dataclass(frozen=True)
class Evening:
    """All calls of this module."""

    dialled: Mapping[str, Dialled]
    providers: Providers


def reply(messages: Sequence[Mapping[str, Any]]) -> Any:
    """Answer the question who has answered, and talk otherwise."""
    asked = str(messages[-1].get("content"))
    if '"who"' not in asked:
        return default_reply(messages)
    choice = "mailbox" if "mountains" in asked or "have reached" in asked else "person"
    options = ("person", "mailbox", "menu", "operator")
    sure = {option: float(option == choice) for option in options}
    return json.dumps({"who": {"choice": choice, "probabilities": sure}})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def evening() -> AsyncIterator[Evening]:
    known = read_transcripts(TRANSCRIPTS) | {find_recording(name): HEARD[name] for name in HEARD}
    async with (
        run_providers(reply=reply, recordings=known) as providers,
        AsyncExitStack() as stack,
    ):
        rigs = {  # one after the other: two can't make their databases at once
            setting: await stack.enter_async_context(a_bot(setting, providers))
            for setting in sorted({case.setting for case in CASES.values()})
        }
        evenings = await asyncio.gather(*(live(setting, rig) for setting, rig in rigs.items()))
        yield Evening({name: one for each in evenings for name, one in each.items()}, providers)


@asynccontextmanager
async def a_bot(setting: str, providers: Providers) -> AsyncIterator[Rig]:
    """A bot with this setting, and an Exotel of its own."""
    port = str(free_port())
    flow = Flow((Voicebot(f"http://127.0.0.1:{port}/exotel/voicebot"), Hangup()))
    async with (
        run_exchange(
            people={NUMBERS[name]: case.person for name, case in CASES.items()},
            default_person=NoAnswer(),
            flows={FLOW: flow},
            profile=Profile(frame_ms=100),
        ) as exchange,
        running_outbound({**providers.env, "PORT": port}, exchange, VOICEMAIL=setting) as rig,
    ):
        yield rig


async def live(setting: str, rig: Rig) -> dict[str, Dialled]:
    """Place the calls of one setting, all at once."""
    ids = {}
    for name, case in CASES.items():
        if case.setting == setting:
            answer = await rig.start(NUMBERS[name], mode=case.mode)
            assert answer.status_code == 200, answer.text
            ids[name] = answer.json()["call_id"]
    async with asyncio.timeout(60):
        await rig.exchange.idle()
    calls = {call.number: call for call in rig.exchange.placed}
    return {
        name: Dialled(calls[NUMBERS[name]], await rig.filed(call_id))
        for name, call_id in ids.items()
    }


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("mailbox", "voicemail"),
        ("mailbox in a flow", "voicemail"),
        ("mailbox of few words", "voicemail"),
        ("menu", "answered by a menu"),
        ("operator", "nobody answered"),
        ("message", "voicemail, message left"),
        ("message in two-numbers mode", "voicemail, message left"),
        ("message without a beep", "voicemail, message left"),
        ("message into the beep", "voicemail, message left"),
    ],
)
async def test_an_answering_machine_is_hung_up_on_and_the_record_says_why(
    evening: Evening, name: str, ending: str
) -> None:
    one = evening.dialled[name]
    assert one.ending == ending
    assert one.report.ended_by == "bot"
    assert not one.heard_out(REMINDER.opening)


@pytest.mark.parametrize("name", ["mailbox", "mailbox in a flow", "menu", "operator"])
async def test_an_answering_machine_is_hung_up_on_before_its_beep(
    evening: Evening, name: str
) -> None:
    one = evening.dialled[name]
    assert one.report.duration < 8.0
    assert not any(event.kind == "beeps" for event in one.report.events)


@pytest.mark.parametrize(
    "name", ["message", "message in two-numbers mode", "message into the beep"]
)
async def test_a_voicemail_is_recorded_from_its_first_word_to_its_last(
    evening: Evening, name: str
) -> None:
    one = evening.dialled[name]
    assert one.times_heard(MESSAGE) == 1
    assert one.heard_from(MESSAGE) > one.ended("beeps") + BEEP.seconds
    assert one.report.gaps == ()


async def test_a_mailbox_without_a_beep_gets_the_voicemail_after_its_greeting(
    evening: Evening,
) -> None:
    one = evening.dialled["message without a beep"]
    assert one.times_heard(MESSAGE) == 1
    assert one.heard_from(MESSAGE) > one.report.turns[0].ended_at + 1.5


async def test_a_long_hello_is_not_taken_for_an_answering_machine(evening: Evening) -> None:
    one = evening.dialled["long hello"]
    assert one.ending == "caller hung up"
    assert one.report.first_sound is not None  # in one of its pauses, and so perhaps not for long


@pytest.mark.parametrize(
    "name",
    [
        "silent person",
        "person",
        "screen",
        "a wife",
        "a colleague",
    ],
)
async def test_a_person_is_not_taken_for_an_answering_machine(evening: Evening, name: str) -> None:
    one = evening.dialled[name]
    assert one.ending == "caller hung up"
    assert one.times_heard(REMINDER.opening) == 1
    assert one.heard_out(REMINDER.opening)


async def test_a_call_screen_hears_the_opening_when_it_has_asked(evening: Evening) -> None:
    one = evening.dialled["screen"]
    (asked,) = one.report.turns
    assert asked.response is not None
    assert one.heard_from(REMINDER.opening) > asked.ended_at


async def test_a_person_behind_a_call_screen_hears_the_opening_and_is_answered(
    evening: Evening,
) -> None:
    one = evening.dialled["a phone's screen"]
    *_, stay, hello = one.report.turns
    assert one.ending == "caller hung up"
    assert one.times_heard(REMINDER.opening) == 1
    assert stay.response is None
    assert hello.response is not None
    assert one.times_heard("You said: hello.") == 1
    assert one.times_heard(ENGLISH.still_there) == 0


async def test_an_operator_s_announcement_does_not_start_the_opening(evening: Evening) -> None:
    one = evening.dialled["hold the line"]
    _, hello = one.report.turns
    assert one.ending == "caller hung up"
    assert one.times_heard(REMINDER.opening) == 1
    assert one.heard_out(REMINDER.opening)
    assert one.report.first_sound is not None
    assert one.report.first_sound > hello.ended_at


@pytest.mark.parametrize("name", ["person", "silent person"])
async def test_answering_machine_detection_delays_no_person_s_answer(
    evening: Evening, name: str
) -> None:
    with_it = evening.dialled[name].report
    without = evening.dialled[f"{name}, not listened to"].report
    assert with_it.first_sound is not None
    assert without.first_sound is not None
    # Both calls share a machine with others; a detector that waits for words would take far longer.
    assert with_it.first_sound - without.first_sound < LONGEST_DELAY + 1.0 + with_it.lag


async def test_the_llm_is_asked_only_about_what_may_be_an_answering_machine(
    evening: Evening,
) -> None:
    questions = [
        str(completion.messages)
        for completion in evening.providers.asked(Completion)
        if '"who"' in str(completion.messages)
    ]
    assert any("mountains" in question for question in questions)
    assert not any("who is this" in question for question in questions)
    assert not any("Input:\\nhello\\n" in question for question in questions)
