"""The simulated caller performs a scenario: interruptions, DTMF, waiting and ways to hang up."""

import asyncio
from pathlib import Path

import pytest

from simulator.caller.caller import place_call
from simulator.caller.scenario import (
    HangUp,
    Interrupt,
    Pause,
    Press,
    Scenario,
    Vanish,
    WaitForBot,
)
from simulator.stream.profiles import PROFILES, Profile
from tests.support.scripted_bot import (
    Bot,
    greeting,
    recorded_beep,
    scripted_bot,
    silent,
    tone,
)

SOON = 0.25  # seconds; what is immediate on a busy test machine


@pytest.fixture
def beep(tmp_path: Path) -> Path:
    return recorded_beep(tmp_path)


async def test_a_barge_in_is_timed_from_the_onset_of_speech(beep: Path) -> None:
    async def interruptible(bot: Bot) -> None:
        await bot.hear("start")
        await bot.play(tone(3.0))
        await bot.hear_speech()
        await bot.clear()

    async with scripted_bot(interruptible) as peer:
        report = await place_call(peer.url, [Interrupt(beep, after=0.3), HangUp()])
    (barge_in,) = report.barge_ins
    assert barge_in.to_clear is not None
    assert 0 <= barge_in.to_clear < SOON
    assert barge_in.to_silence is not None
    assert 0 < barge_in.to_silence < SOON
    assert report.turns[0].response is None
    assert report.clears == 1
    assert 0.3 < barge_in.at < 0.3 + 0.1 + SOON


async def test_a_bot_that_ignores_a_barge_in_has_not_answered_it(beep: Path) -> None:
    async def stubborn(bot: Bot) -> None:
        await bot.hear("start")
        await bot.play(tone(1.2))

    async with scripted_bot(stubborn) as peer:
        report = await place_call(peer.url, [Interrupt(beep, after=0.2), Pause(0.8), HangUp()])
    assert report.barge_ins[0].to_clear is None
    assert report.turns[0].response is None


async def test_dtmf_keys_arrive_with_a_duration_in_text() -> None:
    async with scripted_bot(greeting) as peer:
        report = await place_call(peer.url, [Press("5#", gap=0.1), HangUp()])
    keys = [message["dtmf"] for message in peer.bot.of("dtmf")]
    assert keys == [{"digit": "5", "duration": "100"}, {"digit": "#", "duration": "100"}]
    assert report.turns[0].what == "press"
    assert report.turns[0].ended_at - report.turns[0].began_at >= 0.1


@pytest.mark.parametrize(("name", "count"), [("dtmf-flat", 1), ("dtmf-never", 0)])
async def test_dtmf_keys_come_flat_or_never_on_other_accounts(name: str, count: int) -> None:
    async with scripted_bot(greeting) as peer:
        await place_call(peer.url, [Press("5"), HangUp()], profile=PROFILES[name])
    assert [message["digit"] for message in peer.bot.of("dtmf")] == ["5"] * count


async def test_hanging_up_sends_stop_and_closes_the_websocket_normally() -> None:
    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, [Pause(0.1), HangUp()])
        bot = peer.bot
    last = bot.received[-1]
    assert last["event"] == "stop"
    assert last["stop"]["reason"] == "callended"
    assert last["stop"]["call_sid"] == report.call_sid
    assert (report.ended_by, report.close_code, peer.codes) == ("caller", 1000, [1000])


async def test_a_caller_who_vanishes_leaves_the_bot_with_close_code_1006() -> None:
    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, [Pause(0.1), Vanish()])
        async with asyncio.timeout(1):
            await peer.over.wait()
    assert (report.ended_by, peer.codes) == ("caller", [1006])
    assert not peer.bot.of("stop")


async def test_a_caller_hangs_up_at_the_scenario_s_time_limit() -> None:
    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, Scenario("patience", (WaitForBot(),), max_secs=0.3))
    assert report.ended_by == "caller"
    assert peer.bot.of("stop")[0]["stop"]["reason"] == "callended"
    assert report.duration < 0.3 + SOON


async def test_a_stream_at_its_cap_is_stopped_by_exotel() -> None:
    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, [Pause(9)], profile=Profile(stream_cap=0.2))
    assert report.ended_by == "exotel"
    assert peer.bot.of("stop")[0]["stop"]["reason"] == "stopped"


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("double-stop", ["stop", "stop"]),
        ("closed-event", ["closed"]),
        ("media-after-stop", ["stop", *["media"] * 25]),
        ("no-stop", []),
    ],
)
async def test_a_stream_profile_may_end_a_stream_in_other_ways(
    name: str, events: list[str]
) -> None:
    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, [Pause(0.1), HangUp()], profile=PROFILES[name])
    received = [message["event"] for message in peer.bot.received]
    ending = next((i for i, event in enumerate(received) if event in ("stop", "closed")), None)
    assert (received[ending:] if ending else []) == events
    assert report.close_code == 1000


async def test_an_exotel_that_sends_stop_without_closing_waits_for_the_bot() -> None:
    async def obliging(bot: Bot) -> None:
        await bot.hear("stop")
        await bot.socket.close()

    profile = PROFILES["stop-without-close"]
    async with scripted_bot(obliging) as peer:
        report = await place_call(peer.url, [Pause(0.1), HangUp()], profile=profile)
    assert (report.ended_by, report.close_code) == ("caller", 1000)
