"""However Exotel behaves and whatever it sends, the caller's next sentence gets its answer."""

import asyncio
from dataclasses import replace

from shared.conversation.persona import Caller, Persona
from simulator.caller import place_call
from simulator.profiles import PROFILES, Profile
from simulator.providers import run_providers
from simulator.report import CallReport
from simulator.scenario import HangUp, Pause, Press, Say, SendRaw, Step, WaitForBot
from simulator.scenarios import MALFORMED
from tests.support import Bot, running_bot

AT_ONCE = 12  # calls that one process of tests carries beside their simulators
BRIEF = Persona(instructions="You answer a test call.", opening="Yes?")
ASK = (WaitForBot(quiet=0.4), Say("opening_hours.wav"), WaitForBot(quiet=0.4), HangUp())

# The one whose point is the size of its frames keeps it; fewer messages let more calls run at once.
LIGHT = {
    name: profile if profile.payload_bytes or name == "live" else replace(profile, frame_ms=100)
    for name, profile in PROFILES.items()
}


async def brief(caller: Caller) -> Persona:
    return BRIEF


async def call_all(calls: dict[str, tuple[Profile, tuple[Step, ...]]]) -> dict[str, CallReport]:
    """Place these calls to one bot, some at a time."""
    room = asyncio.Semaphore(AT_ONCE)

    async def call(bot: Bot, profile: Profile, steps: tuple[Step, ...]) -> CallReport:
        async with room:
            return await place_call(f"{bot.url}?sample-rate=8000", steps, profile=profile)

    async with (
        run_providers() as providers,
        running_bot(providers.env, answer=brief, personas=(BRIEF,)) as bot,
    ):
        reports = await asyncio.gather(*(call(bot, *parts) for parts in calls.values()))
    return dict(zip(calls, reports, strict=True))


async def test_every_exotel_is_understood() -> None:
    reports = await call_all({name: (profile, ASK) for name, profile in LIGHT.items()})
    deaf = [name for name, report in reports.items() if report.turns[0].response is None]
    assert deaf == []


async def test_no_message_deafens_the_bot(log: list[str]) -> None:
    each: dict[str, tuple[Step, ...]] = {
        "all at once": MALFORMED,
        "odd audio": tuple(media("AAA=") for _ in range(5)),
        "one byte": (media("AA=="),),
        "a long silence in one message": (media("A" * 128_000),),
        "large": (SendRaw('{"event":"x","x":"' + "x" * 200_000 + '"}'),),
        "a second start": (SendRaw('{"event":"start","start":{"stream_sid":"x","call_sid":"y"}}'),),
        "keys": (Press("12*0#"), WaitForBot(quiet=0.4)),
        "a bad sequence": (SendRaw('{"event":"mark","sequence_number":"9' + "9" * 400 + '"}'),),
        "half a surrogate pair": (SendRaw('{"event":"mark","mark":{"name":"\\ud800"}}'),),
    }
    profile = replace(PROFILES["live"], frame_ms=100)
    reports = await call_all(
        {
            name: (profile, (WaitForBot(quiet=0.4), *steps, Pause(0.3), *ASK[1:]))
            for name, steps in each.items()
        }
    )
    deaf = [name for name, report in reports.items() if report.turns[-1].response is None]
    assert deaf == []
    assert {report.ended_by for report in reports.values()} == {"caller"}
    assert any("malformed and" in line for line in log)


def media(payload: str) -> SendRaw:
    return SendRaw(f'{{"event":"media","media":{{"payload":"{payload}"}}}}')
