"""Every stream profile and odd message: the caller's next utterance gets its answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio
from loguru import logger

from shared.bot import Caller, Persona
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Pause, Press, Say, SendRaw, Step, WaitForBot
from simulator.caller.scenarios import MALFORMED
from simulator.providers import run_providers
from simulator.stream.profiles import PROFILES, Profile
from tests.support.bots import running_bot
from tests.support.capacity import a_line

BRIEF = Persona(instructions="You answer a test call.", opening="Yes?")
ASK = (WaitForBot(quiet=0.4), Say("tuesday.wav"), WaitForBot(quiet=0.4), HangUp())

# The one whose point is the size of its frames keeps it; fewer messages let more calls run at once.
LIGHT = {
    name: profile if profile.payload_bytes or name == "live" else replace(profile, frame_ms=100)
    for name, profile in PROFILES.items()
}


def media(payload: str) -> SendRaw:
    return SendRaw(f'{{"event":"media","media":{{"payload":"{payload}"}}}}')


async def brief(caller: Caller) -> Persona:
    return BRIEF


ODD: dict[str, tuple[Step, ...]] = {
    "all at once": MALFORMED,
    "odd audio": (*(media("AAA=") for _ in range(5)), media("AA=="), media("A" * 128_000)),
    "much": (
        SendRaw('{"event":"x","x":"' + "x" * 200_000 + '"}'),
        SendRaw('{"event":"start","start":{"stream_sid":"x","call_sid":"y"}}'),
        SendRaw('{"event":"mark","sequence_number":"9' + "9" * 400 + '"}'),
        SendRaw('{"event":"mark","mark":{"name":"\\ud800"}}'),
    ),
    "keys": (Press("12*0#"), WaitForBot(quiet=0.4)),
}


@dataclass(frozen=True)
class Calls:
    profiles: dict[str, CallReport]
    odd: dict[str, CallReport]
    log: list[str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls() -> AsyncIterator[Calls]:
    """One call for each Exotel and each oddity, to one bot, some at a time."""
    log: list[str] = []

    async def call(profile: Profile, *steps: Step) -> CallReport:
        async with a_line():
            return await place_call(f"{bot.url}?sample-rate=8000", steps, profile=profile)

    async with (
        run_providers() as providers,
        running_bot({**providers.env, "MAX_CALLS": "100"}, answer=brief, personas=(BRIEF,)) as bot,
    ):
        sink = logger.add(log.append)
        profiles = [call(profile, *ASK) for profile in LIGHT.values()]
        odd = [call(LIGHT["documented"], ASK[0], *o, Pause(0.3), *ASK[1:]) for o in ODD.values()]
        reports = await asyncio.gather(*profiles, *odd)
        logger.remove(sink)
    yield Calls(
        dict(zip(LIGHT, reports, strict=False)),
        dict(zip(ODD, reports[len(LIGHT) :], strict=True)),
        log,
    )


@pytest.mark.parametrize("name", LIGHT)
def test_every_stream_profile_of_exotel_is_understood(calls: Calls, name: str) -> None:
    assert calls.profiles[name].turns[0].response is not None


@pytest.mark.parametrize("name", ODD)
def test_no_stream_message_keeps_the_bot_from_hearing_the_next_utterance(
    calls: Calls, name: str
) -> None:
    assert calls.odd[name].turns[-1].response is not None
    assert calls.odd[name].ended_by == "caller"


def test_dropped_stream_messages_are_counted_in_the_log(calls: Calls) -> None:
    assert any("malformed and" in line for line in calls.log)
