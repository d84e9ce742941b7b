"""Ringing on a simulated line: India's ringing tone, the beep and the answer."""

import asyncio
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest

from simulator.caller.caller import place_call
from simulator.caller.scenario import Beep, HangUp, Pause, Step, WaitForBot
from simulator.caller.scenario_file import read_scenario
from simulator.caller.tones import beep, ringing_tone
from simulator.caller.uplink import Uplink
from simulator.stream.profiles import Profile
from tests.support.scripted_bot import Bot, greeting, scripted_bot, silent

QUIET = Profile(noise_dbfs=-60)


def loudness(samples: np.ndarray) -> float:
    return float(np.sqrt((samples.astype(float) ** 2).mean()))


def pitch(samples: np.ndarray, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples.astype(float)))
    return float(spectrum.argmax() * rate / len(samples))


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000])
def test_the_ringing_tone_is_india_s(rate: int) -> None:
    tone = ringing_tone(rate)
    assert len(tone) == 3 * rate

    def part(begin: float, end: float) -> np.ndarray:
        return tone[round(begin * rate) : round(end * rate)]

    for sounding in (part(0, 0.4), part(0.6, 1.0)):
        assert loudness(sounding) > 1_000
        assert pitch(sounding, rate) == pytest.approx(400, abs=5)
    assert loudness(part(0.4, 0.6)) == loudness(part(1.0, 3.0)) == 0


def test_a_beep_is_a_plain_tone() -> None:
    assert pitch(beep(1_000, 0.4, 8_000), 8_000) == pytest.approx(1_000, abs=5)


def test_a_scenario_file_can_beep(tmp_path: Path) -> None:
    path = tmp_path / "machine.json"
    path.write_text('[{"do": "beep", "seconds": 0.2}]', encoding="utf-8")
    assert read_scenario(path).steps == (Beep(seconds=0.2),)


def test_the_ringing_tone_lasts_until_the_answer() -> None:
    uplink = Uplink(8_000, Profile(noise_dbfs=-60, answer_burst=0.1))
    uplink.ring()
    ringing = b"".join(payload for _ in range(20) for payload, _ in uplink.tick())
    uplink.answer()
    answered = [payload for _ in range(20) for payload, _ in uplink.tick()]
    assert pitch(np.frombuffer(ringing, np.int16), 8_000) == pytest.approx(400, abs=5)
    burst, line = b"".join(answered[:5]), b"".join(answered[5:])
    assert loudness(np.frombuffer(burst, np.int16)) > 1_000
    assert loudness(np.frombuffer(line, np.int16)) < 100


async def heard_by(bot: Bot, frames: int) -> np.ndarray:
    await bot.hear("media", frames)
    pcm = b"".join(b64decode(message["media"]["payload"]) for message in bot.of("media"))
    return np.frombuffer(pcm, np.int16)


async def test_the_scenario_begins_when_the_person_answers() -> None:
    async def ringing() -> bool:
        assert (await peer.bot.hear("start"))["event"] == "start"
        await asyncio.sleep(0.3)
        return True

    async with scripted_bot(greeting) as peer:
        steps: list[Step] = [Beep(0.2, 1_000), WaitForBot(quiet=0.1), HangUp()]
        report = await place_call(peer.url, steps, profile=QUIET, ringing=ringing)
    kinds = [event.kind for event in report.events if event.source != "bot"]
    assert kinds == ["start", "rings", "beeps", "hangs up"]
    beeped = next(event.at for event in report.events if event.kind == "beeps")
    assert beeped >= 0.3
    said = np.frombuffer(report.said, np.int16)
    assert pitch(said[: 8_000 // 4], 8_000) == pytest.approx(400, abs=5)
    since = round(beeped * 8_000) + 400
    assert pitch(said[since : since + 1_000], 8_000) == pytest.approx(1_000, abs=10)


async def test_a_call_nobody_answers_is_hung_up() -> None:
    async def ringing() -> bool:
        await asyncio.sleep(0.1)
        return False

    async with scripted_bot(silent) as peer:
        report = await place_call(peer.url, [Pause(60)], ringing=ringing)
        await peer.over.wait()
    assert report.ended_by == "caller"
    assert peer.bot.of("stop")[0]["stop"]["reason"] == "callended"


async def test_a_bot_that_hangs_up_ends_the_ringing() -> None:
    cancelled = asyncio.Event()

    async def ringing() -> bool:
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()
        return True

    async def impatient(bot: Bot) -> None:
        await heard_by(bot, 5)
        await bot.socket.close()

    async with scripted_bot(impatient) as peer:
        report = await place_call(peer.url, [Pause(60)], ringing=ringing)
    assert report.ended_by == "bot"
    assert cancelled.is_set()


async def test_a_refused_websocket_rings_nobody() -> None:
    async def ringing() -> bool:
        raise AssertionError("rung")

    async with scripted_bot(silent, 503, 503) as peer:
        report = await place_call(peer.url, [], ringing=ringing)
    assert report.ended_by == "refused"
