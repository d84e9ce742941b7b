"""Dialled people who aren't reached: their call records tell the ringing and the bot's part."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from benchmarks.processes import free_port
from simulator.caller.scenario import HangUp, Pause
from simulator.exotel import (
    Answers,
    Busy,
    Declines,
    Flow,
    Hangup,
    NoAnswer,
    Person,
    Unreachable,
    Voicebot,
    run_exchange,
)
from simulator.providers import run_providers
from simulator.stream.profiles import Profile
from tests.support.outbound import running_outbound

pytestmark = pytest.mark.asyncio(loop_scope="module")

SILENT = Answers(after=10.0, scenario=(Pause(0.5), HangUp()))
PEOPLE: dict[str, Person] = {
    "busy": Busy(),
    "no answer": NoAnswer(),
    "declines": Declines(after=10.0),
    "unreachable": Unreachable(),
    "silent": SILENT,
}
MODES = ("voice-ai", "two-numbers", "flow")
NUMBERS = {
    (mode, name): f"+91985000{nth}{place:02}"
    for nth, mode in enumerate(MODES, 40)
    for place, name in enumerate(PEOPLE)
}
Records = dict[tuple[str, str], dict[str, Any]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def records() -> AsyncIterator[Records]:
    """One call to each of them in each mode, whose callbacks have what Exotel documents."""
    port = free_port()
    async with (
        run_providers() as providers,
        run_exchange(
            people={number: PEOPLE[name] for (_, name), number in NUMBERS.items()},
            flows={"77": Flow((Voicebot(f"ws://127.0.0.1:{port}/ws"), Hangup()))},
            profile=Profile(frame_ms=100),
            speed=15,
        ) as exchange,
        running_outbound({**providers.env, "PORT": str(port)}, exchange, MAX_CALLS="40") as rig,
    ):
        call_ids = {}
        for (mode, name), number in NUMBERS.items():
            answer = await rig.start(number, mode=mode)
            call_ids[mode, name] = answer.json()["call_id"]
        async with asyncio.timeout(60):
            await exchange.idle()
        over = ("completed", "busy", "no-answer", "failed")
        records = {who: await rig.becomes(call_id, *over) for who, call_id in call_ids.items()}
        for (mode, name), call_id in call_ids.items():
            if mode == "two-numbers" or name == "silent":  # there was a socket
                records[mode, name] = await rig.filed(call_id)
        yield records


@pytest.mark.parametrize("name", PEOPLE)
async def test_the_call_record_of_a_voice_ai_dial_tells_when_the_phone_rang(
    records: Records, name: str
) -> None:
    record = records["voice-ai", name]
    rang = name not in ("busy", "unreachable")
    assert (record["ringing_at"] is not None) == rang
    assert (record["answered_at"] is not None) == (name == "silent")
    if rang:
        assert record["ringing_at"] <= record["ended_at"]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("mode", MODES)
async def test_the_call_record_names_no_hang_up_of_a_person_never_reached(
    records: Records, mode: str, name: str
) -> None:
    ending = records[mode, name]["ending"]
    if name == "silent":
        assert ending == "caller hung up"
    else:
        assert ending == ("nobody answered" if mode == "two-numbers" else None)
