"""The simulated caller places a whole call: upgrade, conversation, report and cancellation."""

import asyncio
import wave
from pathlib import Path
from socket import create_server

import pytest

from simulator.caller.caller import place_call
from simulator.caller.report import CallReport, Event
from simulator.caller.scenario import (
    HangUp,
    Pause,
    Say,
    WaitForBot,
)
from simulator.stream.profiles import PROFILES, Profile
from tests.support.scripted_bot import (
    Bot,
    answering,
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


async def test_a_websocket_opens_as_exotel_opens_it() -> None:
    async with scripted_bot(greeting) as peer:
        report = await place_call(peer.url, [WaitForBot(quiet=0.1), HangUp()])
    bot, headers = peer.bot, peer.requests[0].headers
    assert headers["User-Agent"] == "Go-http-client/1.1"
    assert "Origin" not in headers
    assert "Sec-WebSocket-Extensions" not in headers
    assert bot.frames[0] == '{"event":"connected"}'
    assert [message["event"] for message in bot.received[1:4]] == ["start", "media", "media"]
    assert bot.received[1]["sequence_number"] == "1"
    assert report.connected
    assert report.call_sid == bot.received[1]["start"]["call_sid"]


async def test_credentials_in_the_url_become_basic_authorization() -> None:
    async with scripted_bot(greeting) as peer:
        url = peer.url.replace("ws://", "ws://exotel:p%40ss@")
        await place_call(url, [HangUp()])
    assert peer.requests[0].headers["Authorization"] == "Basic ZXhvdGVsOnBAc3M="


async def test_a_refused_websocket_upgrade_is_retried_once() -> None:
    async with scripted_bot(greeting, 503) as peer:
        report = await place_call(peer.url, [WaitForBot(quiet=0.1), HangUp()])
    assert report.succeeded
    assert len(peer.requests) == 2


async def test_a_second_refused_websocket_upgrade_ends_the_call() -> None:
    async with scripted_bot(greeting, 503, 401, 401) as peer:
        report = await place_call(peer.url, [HangUp()])
    assert (report.connected, report.refused, report.ended_by) == (False, 401, "refused")
    assert report.close_reason.startswith("3009 failed to establish ws conn")
    assert len(peer.requests) == 2


async def test_a_bot_that_never_answers_the_upgrade_times_out() -> None:
    with create_server(("127.0.0.1", 0)) as deaf:
        url = f"ws://127.0.0.1:{deaf.getsockname()[1]}/"
        report = await place_call(url, [HangUp()], profile=Profile(handshake_timeout=0.1))
    assert (report.ended_by, report.refused) == ("refused", None)
    assert "timed out" in report.close_reason


async def test_response_latency_is_measured_as_the_caller_hears_it(beep: Path) -> None:
    steps = (WaitForBot(quiet=0.1), Say(beep), WaitForBot(quiet=0.1), HangUp())
    lines: list[Event] = []
    async with scripted_bot(answering) as peer:
        report = await place_call(peer.url, steps, on_event=lines.append)
    (turn,) = report.turns
    assert turn.text == "beep beep"
    assert turn.ended_at - turn.began_at == pytest.approx(0.2, abs=0.03)
    assert turn.response is not None
    assert 0 <= turn.response < SOON
    assert report.first_sound is not None
    assert report.first_sound < SOON
    assert (report.gaps, report.barge_ins, report.warnings) == ((), (), ())
    assert report.message_sizes == (3_200,) * 4
    assert tuple(lines) == report.events
    assert [event.kind for event in lines if event.source == "caller"] == ["says", "hangs up"]


async def test_a_recording_holds_both_sides_on_one_clock(beep: Path, tmp_path: Path) -> None:
    async with scripted_bot(answering) as peer:
        report = await place_call(peer.url, [WaitForBot(quiet=0.1), Say(beep), HangUp()])
    report.save(tmp_path / "heard.wav")
    report.save_both(tmp_path / "both.wav")
    with (
        wave.open(str(tmp_path / "heard.wav")) as heard,
        wave.open(str(tmp_path / "both.wav")) as both,
    ):
        assert (heard.getnchannels(), heard.getframerate()) == (1, 8_000)
        assert both.getnchannels() == 2
        assert both.getnframes() >= heard.getnframes()
        assert abs(both.getnframes() / 8_000 - report.duration) < 0.1


async def test_every_stream_profile_makes_a_whole_call(beep: Path) -> None:
    async def brief(bot: Bot) -> None:
        await asyncio.sleep(0.1)
        await bot.play(tone(0.2))
        await bot.mark("end")
        await asyncio.sleep(0.5)
        await bot.socket.close()

    async with scripted_bot(brief) as peer:
        calls = [place_call(peer.url, [Say(beep)], profile=p) for p in PROFILES.values()]
        reports = dict(zip(PROFILES, await asyncio.gather(*calls), strict=True))
    assert [name for name, report in reports.items() if not report.succeeded] == []
    assert {report.ended_by for report in reports.values()} == {"bot"}


async def test_concurrent_calls_share_one_event_loop() -> None:
    async with scripted_bot(greeting) as peer:
        calls = [place_call(peer.url, [WaitForBot(quiet=0.1), HangUp()]) for _ in range(8)]
        reports: list[CallReport] = await asyncio.gather(*calls)
    assert all(report.succeeded for report in reports)
    assert len({report.call_sid for report in reports}) == 8
    assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]


async def test_a_cancelled_call_closes_its_websocket() -> None:
    async with scripted_bot(silent) as peer:
        call = asyncio.create_task(place_call(peer.url, [Pause(30)]))
        await asyncio.sleep(0.2)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        async with asyncio.timeout(1):
            await peer.over.wait()
    assert peer.codes == [1006]
