"""Every whole call ends, whoever ends it, is logged once and leaves no resources behind."""

import asyncio
import re
from dataclasses import replace

import pytest
from websockets.asyncio.client import connect

from shared.bot import Caller, Persona
from shared.conversation import pipeline
from shared.records.session_record import Ending
from shared.session import lost_connection
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Interrupt, Pause, Say, Step, Vanish, WaitForBot
from simulator.providers import Hang, Providers
from simulator.stream.profiles import PROFILES
from tests.support.bots import Bot, eventually, running_bot

LEFTOVER_SECS = 5.0  # after the call, nothing of it may be there any more
QUICK = replace(PROFILES["live"], frame_ms=100)
TALK: tuple[Step, ...] = (Pause(0.7),)

ENDINGS: dict[str, tuple[Ending, tuple[Step, ...], dict[str, object]]] = {
    "hangs up": (Ending.CALLER_HUNG_UP, (HangUp(),), {}),
    "hangs up in mid-sentence": (
        Ending.CALLER_HUNG_UP,
        (Interrupt("goodbye.wav", after=0.2), HangUp()),
        {},
    ),
    "dies without a word": (Ending.CONNECTION_LOST, (Vanish(),), {}),
    "closes without stop": (Ending.CONNECTION_LOST, (HangUp(),), {"sends_stop": False}),
    "says stop twice": (Ending.CALLER_HUNG_UP, (HangUp(),), {"stop_count": 2}),
    "speaks after stop": (Ending.CALLER_HUNG_UP, (HangUp(),), {"media_after_stop": 25}),
    "stops and stays": (Ending.CALLER_HUNG_UP, (HangUp(),), {"closes_after_stop": False}),
    "calls it closed": (Ending.CALLER_HUNG_UP, (HangUp(),), {"stop_event": "closed"}),
    "ends the stream": (Ending.STREAM_STOPPED, (Pause(30),), {"stream_cap": 1.5}),
}


def endings(log: list[str]) -> dict[str, str]:
    """How each call ended according to the log."""
    found = (re.search(r"call (\S+) ended: ([^,]+),", line) for line in log)
    return {match[1]: match[2] for match in found if match}


async def test_each_call_ending_is_logged_once_and_leaves_nothing_behind(
    bot: Bot, providers: Providers, log: list[str]
) -> None:
    before = len(asyncio.all_tasks())
    await asyncio.gather(
        *(
            place_call(
                bot.url,
                (*TALK, *steps),
                profile=replace(QUICK, call_sid=name.replace(" ", "-"), **changes),  # type: ignore[arg-type]
            )
            for name, (_, steps, changes) in ENDINGS.items()
        )
    )
    await eventually(lambda: len(bot.capacity) == 0, LEFTOVER_SECS)
    await eventually(
        lambda: all(c.open == 0 for c in providers.connections.values()), LEFTOVER_SECS
    )
    await eventually(lambda: len(asyncio.all_tasks()) <= before, LEFTOVER_SECS)
    expected = {name.replace(" ", "-"): str(how) for name, (how, _, _) in ENDINGS.items()}
    assert endings(log) == expected
    assert sum("ended:" in line for line in log) == len(ENDINGS)


async def test_a_call_ends_while_a_provider_hangs(
    bot: Bot, providers: Providers, log: list[str]
) -> None:
    providers.behaviour = replace(providers.behaviour, llm=Hang())
    ask = (WaitForBot(), Say("opening_hours.wav"), Pause(1.5))
    await asyncio.gather(
        place_call(bot.url, (*ask, HangUp()), profile=QUICK),
        place_call(bot.url, (*ask, Vanish()), profile=QUICK),
    )
    await eventually(lambda: len(bot.capacity) == 0, LEFTOVER_SECS)
    await eventually(
        lambda: all(c.open == 0 for c in providers.connections.values()), LEFTOVER_SECS
    )
    assert sorted(endings(log).values()) == ["caller hung up", "connection lost"]


async def test_a_bot_that_hangs_up_is_heard_to_the_end_of_its_playout() -> None:
    environment = {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}
    persona = Persona(instructions="")

    async def answer(caller: Caller) -> Persona:
        return persona

    async with running_bot(environment, answer=answer, personas=(persona,)) as bot:
        report = await place_call(bot.url, (Pause(0.5), Interrupt("goodbye.wav", after=0.5)))
        assert report.ended_by == "bot"
        assert report.close_code == 1000
        assert {3_200} == set(report.message_sizes)  # no two seconds of silence in one message
        await eventually(lambda: len(bot.capacity) == 0, LEFTOVER_SECS)


async def test_an_idle_call_in_which_nobody_speaks_ends(
    providers: Providers, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "IDLE_SECS", 1.0)
    async with running_bot(providers.env) as bot:
        report = await place_call(bot.url, (Pause(20),), profile=QUICK)
    assert report.ended_by == "bot"
    assert list(endings(log).values()) == ["nobody spoke"]


async def test_a_websocket_without_any_media_is_a_lost_connection(
    bot: Bot, providers: Providers, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lost_connection, "DEAD_LINE_SECS", 0.5)
    start = '{"event":"start","start":{"stream_sid":"s1","call_sid":"c1"}}'
    async with connect(bot.url) as socket:
        await socket.send(start)
        await eventually(lambda: len(bot.capacity) == 1)
        await eventually(lambda: len(bot.capacity) == 0, LEFTOVER_SECS)
    await eventually(
        lambda: all(c.open == 0 for c in providers.connections.values()), LEFTOVER_SECS
    )
    assert endings(log) == {"c1": "connection lost"}


async def test_the_log_says_how_a_call_went(bot: Bot, providers: Providers, log: list[str]) -> None:
    quiet = WaitForBot(quiet=0.4)
    steps = (quiet, Say("opening_hours.wav"), quiet, Pause(5.5), Say("yes.wav"), quiet, HangUp())
    await place_call(bot.url, steps, profile=replace(QUICK, call_sid="c1"))
    await eventually(lambda: len(bot.capacity) == 0, LEFTOVER_SECS)
    first, last = [line.strip() for line in log if line.startswith("INFO call c1")]
    assert first == "INFO call c1 started: inbound, from *******3210 to *******2233, 8000 Hz"
    assert re.fullmatch(
        r"INFO call c1 ended: caller hung up, after \d+\.\d s, 2 turns, "
        r"median response \d\.\d\d s",
        last,
    )
    assert not any("opening hours" in line for line in log if not line.startswith("DEBUG"))
    assert len(providers.llm_peers) == 1  # the second answer doesn't wait for a new connection


async def test_shutdown_waits_for_the_calls_that_are_on(
    providers: Providers, log: list[str]
) -> None:
    async with running_bot(providers.env) as bot:
        call = asyncio.create_task(place_call(bot.url, (WaitForBot(), HangUp()), profile=QUICK))
        await eventually(lambda: len(bot.capacity) == 1)
    report = await call
    assert report.ended_by == "caller"
    assert list(endings(log).values()) == ["caller hung up"]


async def test_shutdown_ends_a_call_that_outlasts_the_drain(
    providers: Providers, log: list[str]
) -> None:
    async with running_bot({**providers.env, "DRAIN_SECS": "0.5"}) as bot:
        call = asyncio.create_task(place_call(bot.url, (WaitForBot(), Pause(60)), profile=QUICK))
        await eventually(lambda: len(bot.capacity) == 1)
    report = await asyncio.wait_for(call, 10)
    assert report.ended_by == "bot"
    assert list(endings(log).values()) == ["server shut down"]


async def test_exotel_s_second_websocket_takes_over_the_call(bot: Bot, log: list[str]) -> None:
    profile = replace(QUICK, call_sid="the-same-call")
    first = asyncio.create_task(place_call(bot.url, (Pause(30),), profile=profile))
    await eventually(lambda: len(bot.capacity) == 1)
    second = await place_call(
        bot.url, (WaitForBot(), Say("opening_hours.wav"), WaitForBot(), HangUp()), profile=profile
    )
    assert (await first).ended_by == "bot"
    assert second.turns[0].response is not None
    assert [line.count("ended: replaced by Exotel") for line in log].count(1) == 1
    await eventually(lambda: len(bot.capacity) == 0, LEFTOVER_SECS)
