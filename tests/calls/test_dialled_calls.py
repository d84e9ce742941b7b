"""Whole dialled calls in each Connect mode: the person hears the opening, and the record agrees."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from benchmarks.processes import free_port
from shared.languages.normalization.normalizer import normalizer_for
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Pause, Say, WaitForBot
from simulator.exotel import (
    Answers,
    Call,
    Flow,
    Hangup,
    NoAnswer,
    Voicebot,
    run_exchange,
)
from simulator.providers import Completion, Providers, run_providers
from simulator.speech import Ear, speak
from simulator.stream.profiles import Profile
from tests.support.outbound import running_outbound

pytestmark = pytest.mark.asyncio(loop_scope="module")

TALK = (WaitForBot(quiet=0.4), Say("yes.wav"), WaitForBot(quiet=0.3), HangUp())
HELLO_FIRST = (Pause(0.2), Say("hello.wav"), *TALK)

FLOW = "77"
STATIC_FLOW = "78"


@dataclass(frozen=True)
class Dialled:
    """One call that is over."""

    mode: str
    answer: dict[str, Any]
    call: Call
    record: dict[str, Any]

    @property
    def report(self) -> CallReport:
        """What the person lived."""
        report = self.call.report
        assert report
        return report


PEOPLE = {
    # number: mode, name, amount, what the person does, the flow
    "+919850000001": ("voice-ai", "Meera", 1200, TALK, ""),
    "+919850000002": ("voice-ai", "Arjun", 340, HELLO_FIRST, ""),
    "+919850000003": ("flow", "Kavya", 5600, TALK, ""),
    "+919850000004": ("two-numbers", "Rohan", 7800, HELLO_FIRST, ""),
}


@dataclass(frozen=True)
class Evening:
    """All calls of this module, placed one after the other and lived at once."""

    dialled: dict[str, Dialled]
    providers: Providers


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def evening() -> AsyncIterator[Evening]:
    port = free_port()
    dynamic = Flow((Voicebot(f"http://127.0.0.1:{port}/exotel/voicebot"), Hangup()))
    async with (
        run_providers() as providers,
        run_exchange(
            people={
                number: Answers(after=1.0, scenario=scenario)
                for number, (_, _, _, scenario, _) in PEOPLE.items()
            },
            default_person=NoAnswer(),
            flows={FLOW: dynamic},
            profile=Profile(frame_ms=100),
            speed=2,
        ) as exchange,
        running_outbound({**providers.env, "PORT": str(port)}, exchange) as rig,
    ):
        answers = {
            number: await rig.start(number, {"name": name, "amount_due": amount}, mode=mode)
            for number, (mode, name, amount, _, _) in PEOPLE.items()
        }
        async with asyncio.timeout(60):
            await exchange.idle()
        dialled = {}
        for number, (mode, *_) in PEOPLE.items():
            answer = answers[number].json()
            (call,) = [call for call in exchange.placed if call.number == number]
            await rig.becomes(answer["call_id"], "completed")
            record = await rig.filed(answer["call_id"])
            dialled[number] = Dialled(mode, answer, call, record)
        yield Evening(dialled, providers)


def opening(number: str) -> str:
    """What the bot says first to this person."""
    _, name, amount, _, _ = PEOPLE[number]
    return (
        f"Hello {name}, this is Asha, the assistant of Sunrise Dental. Your invoice of "
        f"{amount} rupees is due. When can you pay it?"
    )


numbers = pytest.mark.parametrize("number", PEOPLE)


@numbers
async def test_the_answer_to_a_start_request_is_the_contract(evening: Evening, number: str) -> None:
    one = evening.dialled[number]
    assert one.answer == {
        "call_sid": one.call.sid,
        "status": "call_initiated",
        "phone_number": number,
        "call_id": one.record["call_id"],
    }


@numbers
async def test_a_dialled_person_hears_an_opening_with_their_name(
    evening: Evening, number: str
) -> None:
    as_said = normalizer_for("en-IN")
    ear = Ear([speak(await as_said(opening(other), "sentence"), 8_000) for other in PEOPLE])
    report = evening.dialled[number].report
    heard = ear.hear(report.heard, report.sample_rate)
    assert await as_said(opening(number), "sentence") in heard
    assert heard.count("Hello") == 1
    assert report.gaps == ()


@numbers
async def test_the_llm_answers_after_the_opening_of_a_dialled_call(
    evening: Evening, number: str
) -> None:
    _, name, _, _, _ = PEOPLE[number]
    asked = [
        completion.messages
        for completion in evening.providers.asked(Completion)
        if f"Hello {name}," in str(completion.messages)
    ]
    (messages,) = asked  # a hello before the opening is answered by the opening alone
    assert messages[-1] == {"role": "user", "content": "yes"}
    assert evening.dialled[number].report.turns[-1].response is not None


@numbers
async def test_the_call_record_agrees_with_exotel(evening: Evening, number: str) -> None:
    one = evening.dialled[number]
    record, call = one.record, one.call
    assert (record["status"], record["mode"]) == ("completed", one.mode)
    assert record["phone_number"] == number
    assert record["ending"] == "caller hung up"
    assert call.answered_at
    assert call.ended_at
    second = timedelta(seconds=1.5)  # Exotel's times are whole seconds
    assert abs(datetime.fromisoformat(record["answered_at"]) - call.answered_at) < second
    assert abs(datetime.fromisoformat(record["ended_at"]) - call.ended_at) < second
    assert abs(record["talk_secs"] - call.conversation_secs) <= 1


async def test_a_dialled_person_who_says_hello_first_hears_the_opening_after_it(
    evening: Evening,
) -> None:
    report = evening.dialled["+919850000002"].report
    (hello, *_) = report.turns
    assert report.first_sound is not None
    assert report.first_sound > hello.ended_at
    assert hello.response is not None
    assert hello.response < 2


async def test_in_two_numbers_mode_the_opening_waits_for_the_person_s_hello(
    evening: Evening,
) -> None:
    report = evening.dialled["+919850000004"].report
    (hello, *_) = report.turns
    assert report.first_sound is not None
    assert report.first_sound > hello.ended_at


async def test_an_unknown_websocket_hears_no_opening_where_it_may_be_ringing() -> None:
    async with (
        run_providers() as providers,
        run_exchange() as exchange,
        running_outbound(providers.env, exchange, EXOTEL_CONNECT_MODE="two-numbers") as rig,
    ):
        silent, spoken_to = await asyncio.gather(
            place_call(f"ws://{rig.address}/ws", (Pause(2.5), HangUp())),
            place_call(
                f"ws://{rig.address}/ws", (Say("hello.wav"), WaitForBot(quiet=0.3), HangUp())
            ),
        )
    assert silent.first_sound is None
    assert spoken_to.first_sound is not None
