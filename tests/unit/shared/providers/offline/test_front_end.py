"""Audio front end of the offline STT: sample rate, loudness and dither."""

import numpy as np
import pytest

from shared.providers.offline.front_end import MODEL_RATE, NOISE_FLOOR, SPEECH_RMS, prepare


def tone(sample_rate: int, amplitude: float) -> bytes:
    times = np.arange(sample_rate) / sample_rate
    return (amplitude * np.sin(2 * np.pi * 440 * times)).astype(np.int16).tobytes()


def rms(pcm: bytes) -> float:
    return float(np.sqrt(np.square(np.frombuffer(pcm, np.int16).astype(float)).mean()))


@pytest.mark.parametrize("sample_rate", [8_000, 16_000, 24_000])
def test_the_stt_front_end_resamples_to_the_model_s_rate(sample_rate: int) -> None:
    assert len(prepare(tone(sample_rate, 3_000), sample_rate)) == 2 * MODEL_RATE


@pytest.mark.parametrize("amplitude", [600, 3_000, 12_000])
def test_the_stt_front_end_levels_quiet_and_loud_callers(amplitude: float) -> None:
    assert rms(prepare(tone(8_000, amplitude), 8_000)) == pytest.approx(SPEECH_RMS, rel=0.05)


def test_the_stt_front_end_turns_digital_silence_into_faint_noise() -> None:
    assert rms(prepare(bytes(16_000), 8_000)) == pytest.approx(NOISE_FLOOR, rel=0.05)


def test_no_audio_at_all_stays_none_in_the_stt_front_end() -> None:
    assert prepare(b"", 8_000) == b""


def test_the_stt_front_end_turns_the_same_audio_into_the_same_result() -> None:
    assert prepare(tone(8_000, 900), 8_000) == prepare(tone(8_000, 900), 8_000)
