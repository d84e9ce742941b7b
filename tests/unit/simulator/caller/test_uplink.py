"""Uplink audio of the simulated caller: line noise, frame length, odd payloads and jitter."""

import numpy as np
import pytest

from simulator.caller.audio import amplitude
from simulator.caller.recording import Recording
from simulator.caller.uplink import Uplink
from simulator.stream.profiles import Profile

BEEP = Recording("beep", np.full(800, 8_000, np.int16), 0.0, 0.1)


def sent(uplink: Uplink, ticks: int) -> list[tuple[bytes, int]]:
    return [message for _ in range(ticks) for message in uplink.tick()]


def level(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, np.int16).astype(float)
    return float(20 * np.log10(np.sqrt((samples**2).mean()) / 32_768))


def test_a_silent_caller_still_makes_line_noise() -> None:
    messages = sent(Uplink(8_000, Profile(noise_dbfs=-60)), 50)
    assert [timestamp for _, timestamp in messages] == list(range(20, 1_020, 20))
    assert level(b"".join(payload for payload, _ in messages)) == pytest.approx(-60, abs=2)


def test_a_line_without_noise_is_digital_silence() -> None:
    assert sent(Uplink(8_000, Profile(noise_dbfs=None)), 1) == [(bytes(320), 20)]


def test_line_noise_at_the_answer_dies_away() -> None:
    uplink = Uplink(8_000, Profile(answer_burst=0.1))
    sent(uplink, 10)
    assert level(uplink.said[:1_600]) > -30
    assert level(uplink.said[1_600:]) < -55


def test_speech_begins_with_the_next_uplink_frame_over_the_line_noise() -> None:
    uplink = Uplink(8_000, Profile())
    sent(uplink, 3)
    assert uplink.say(BEEP) == pytest.approx(0.06)
    assert uplink.speaking
    sent(uplink, 5)
    assert not uplink.speaking
    sent(uplink, 2)
    samples = np.frombuffer(uplink.said, np.int16)
    assert np.abs(samples[480:1_280] - 8_000).max() < 8 * amplitude(-60)
    assert np.abs(samples[1_280:]).max() < 8 * amplitude(-60)


def test_uplink_frames_of_100_ms_go_out_every_fifth_tick() -> None:
    messages = sent(Uplink(8_000, Profile(frame_ms=100)), 10)
    assert [(len(payload), timestamp) for payload, timestamp in messages] == [
        (1_600, 100),
        (1_600, 200),
    ]


def test_odd_media_payloads_lose_no_byte() -> None:
    uplink = Uplink(8_000, Profile(payload_bytes=321))
    payloads = [payload for payload, _ in sent(uplink, 100)]
    assert {len(payload) for payload in payloads} == {321}
    assert uplink.said.startswith(b"".join(payloads))


def test_jitter_delays_media_messages_and_loses_none() -> None:
    uplink = Uplink(8_000, Profile(jitter=0.2, seed=3))
    bursts = [len(uplink.tick()) for _ in range(200)]
    assert 0 in bursts
    assert 1 < max(bursts) <= 12
    assert 190 <= sum(bursts) <= 200


def test_a_frame_length_that_is_no_multiple_of_20_ms_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 20"):
        Profile(frame_ms=30)
