"""A simulated Exotel stream: frames in time, marks, clears, close codes and malformed messages."""

import asyncio
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest

from simulator.caller.caller import place_call
from simulator.caller.scenario import (
    HangUp,
    Pause,
    Say,
    SendRaw,
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


async def test_uplink_frames_never_pause_and_keep_time() -> None:
    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, [Pause(0.5), HangUp()])
    media = [message["media"] for message in peer.bot.of("media")]
    assert [frame["chunk"] for frame in media] == [str(n) for n in range(1, len(media) + 1)]
    assert [frame["timestamp"] for frame in media] == [
        str(20 * n) for n in range(1, len(media) + 1)
    ]
    assert {len(b64decode(frame["payload"])) for frame in media} == {320}
    assert abs(len(media) * 0.02 - report.duration) < 0.1
    assert any(b64decode(frame["payload"]) != bytes(320) for frame in media)
    sequence = [int(m["sequence_number"]) for m in peer.bot.received if "sequence_number" in m]
    assert sequence == sorted(set(sequence))


async def test_a_mark_is_echoed_after_the_playout_of_the_audio_before_it() -> None:
    async def marking(bot: Bot) -> None:
        await bot.hear("start")
        await bot.mark("empty")
        await bot.play(tone(0.4))
        await bot.mark("played")

    async with scripted_bot(marking) as peer:
        report = await place_call(peer.url, [WaitForBot(quiet=0.1), HangUp()])
    empty, played = report.marks
    assert empty.echoed_at is not None
    assert empty.echoed_at - empty.received_at < 0.1
    assert played.echoed_at is not None
    assert 0.4 <= played.echoed_at - played.received_at < 0.4 + SOON
    echoes = peer.bot.of("mark")
    assert [echo["mark"]["name"] for echo in echoes] == ["empty", "played"]
    assert all("sequence_number" in echo for echo in echoes)


async def test_audio_that_comes_too_late_is_a_playout_gap() -> None:
    async def stuttering(bot: Bot) -> None:
        await bot.hear("start")
        await bot.play(tone(0.2))
        await asyncio.sleep(0.4)
        await bot.play(tone(0.2))

    async with scripted_bot(stuttering) as peer:
        report = await place_call(peer.url, [Pause(1.0), HangUp()])
    (gap,) = report.gaps
    assert gap.at == pytest.approx(0.2 + (report.first_sound or 0), abs=0.001)
    assert gap.seconds == pytest.approx(0.2, abs=0.15)


async def test_malformed_stream_messages_go_out_exactly_as_they_are() -> None:
    steps = (SendRaw("not json"), SendRaw(b"\x00\xff", binary=True), HangUp())
    async with scripted_bot(silent) as peer:
        await place_call(peer.url, steps)
    assert "not json" in peer.bot.frames
    assert b"\x00\xff" in peer.bot.frames


async def test_malformed_messages_of_a_bot_are_reported_and_survived() -> None:
    async def clumsy(bot: Bot) -> None:
        await bot.hear("start")
        for message in ("oops", "[]", '{"event":"play"}', '{"event":"media","media":{}}', b"\x00"):
            await bot.socket.send(message)
        await bot.send(event="media", streamSid="wrong", media={"payload": "AAAA", "track": "out"})
        await bot.play(tone(0.2), size=1_000)

    async with scripted_bot(clumsy) as peer:
        report = await place_call(peer.url, [WaitForBot(quiet=0.1), HangUp()])
    assert len(report.bad_messages) == 5
    assert report.succeeded
    assert report.misaligned == 5
    assert len([fact for fact in report.warnings if "late" not in fact]) == 3


async def test_a_message_too_big_for_exotel_closes_the_websocket_with_1009() -> None:
    async def shouting(bot: Bot) -> None:
        await bot.hear("start")
        await bot.play(bytes(100_320), size=100_320)

    async with scripted_bot(shouting) as peer:
        report = await place_call(peer.url, [Pause(5)], profile=PROFILES["strict-size"])
    assert (report.ended_by, report.close_code, peer.codes) == ("exotel", 1009, [1009])


async def test_exotel_may_send_a_clear_of_its_own() -> None:
    async with scripted_bot(silent) as peer:
        await place_call(peer.url, [Pause(0.2), HangUp()], profile=Profile(inbound_clear_at=0.1))
    (clear,) = peer.bot.of("clear")
    assert "sequence_number" in clear


async def test_messages_may_come_in_binary_websocket_frames() -> None:
    async with scripted_bot(silent) as peer:
        await place_call(peer.url, [Pause(0.1), HangUp()], profile=PROFILES["binary"])
    assert {type(frame) for frame in peer.bot.frames} == {bytes}


async def test_media_payloads_may_split_samples(beep: Path) -> None:
    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, [Say(beep), HangUp()], profile=PROFILES["odd-bytes"])
    payloads = [b64decode(message["media"]["payload"]) for message in peer.bot.of("media")]
    assert {len(payload) for payload in payloads} == {321}
    assert report.said.startswith(b"".join(payloads))


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000])
async def test_the_sample_rate_in_the_url_holds_in_both_directions(rate: int) -> None:
    async def at_rate(bot: Bot) -> None:
        await bot.hear("start")
        await bot.play(tone(0.2, rate))

    async with scripted_bot(at_rate) as peer:
        report = await place_call(f"{peer.url}?sample-rate={rate}", [WaitForBot(0.1), HangUp()])
    assert peer.bot.received[1]["start"]["media_format"]["sample_rate"] == str(rate)
    assert len(b64decode(peer.bot.of("media")[0]["media"]["payload"])) == rate // 25
    assert report.sample_rate == rate
    assert tone(0.2, rate) in report.heard


async def test_a_bot_that_hangs_up_ends_the_call_with_its_close_code_and_reason() -> None:
    async def leaving(bot: Bot) -> None:
        await greeting(bot)
        await bot.socket.close(1013, "no place free")

    async with scripted_bot(leaving) as peer:
        report = await place_call(peer.url, [WaitForBot(), HangUp()])
    assert (report.ended_by, report.close_code) == ("bot", 1013)
    assert report.close_reason == "no place free"
    assert report.duration < 1
    assert len(report.heard) < 0.4 * 16_000


async def test_buffered_audio_is_played_out_when_exotel_drains() -> None:
    async def leaving(bot: Bot) -> None:
        await greeting(bot)
        await bot.socket.close()

    async with scripted_bot(leaving) as peer:
        report = await place_call(peer.url, [WaitForBot()], profile=PROFILES["drains"])
    assert tone(0.4) in report.heard
    assert report.ended_by == "bot"


async def test_a_broken_websocket_is_told_from_a_bot_that_hangs_up() -> None:
    async def crashing(bot: Bot) -> None:
        await bot.hear("start")
        bot.socket.transport.abort()

    async with scripted_bot(crashing) as peer:
        report = await place_call(peer.url, [WaitForBot()])
    assert (report.ended_by, report.close_code) == ("network", 1006)


async def test_on_a_line_with_echo_the_bot_hears_itself() -> None:
    async def speaking(bot: Bot) -> None:
        await bot.hear("start")
        await bot.play(tone(0.4))

    async with scripted_bot(speaking) as peer:
        profile = Profile(noise_dbfs=None, echo_db=-18.0)
        report = await place_call(peer.url, [Pause(1.0), HangUp()], profile=profile)
    heard, said = (np.frombuffer(pcm, np.int16) for pcm in (report.heard, report.said))
    assert np.abs(said).max() == pytest.approx(np.abs(heard).max() / 8, rel=0.05)
    later = np.flatnonzero(said)[0] - np.flatnonzero(heard)[0]
    assert 0.1 < later / report.sample_rate < 0.2
