"""A voicemail's beep is told from other sounds of a line, and silence is measured behind words."""

import numpy as np
import pytest

from shared.conversation.answering_machine.beep import BeepDetector
from simulator.caller.recording import RECORDINGS, load_recording
from simulator.speech import voice

NOISE = 10 ** (-50 / 20)


def sound(rate: int, *pieces: tuple[float, float], level: float = 0.2) -> bytes:
    """Tones of so many seconds and hertz, one after the other, on a noisy line; 0 Hz is none."""
    dice = np.random.default_rng(7)
    tones = [
        level * np.sin(2 * np.pi * hz * np.arange(round(secs * rate)) / rate) for secs, hz in pieces
    ]
    line = np.concatenate(tones)
    line = line + dice.normal(0, NOISE, len(line))
    return (line * 32_767).astype("<i2").tobytes()


def beeps(rate: int, pcm: bytes) -> int:
    """How many beeps are heard in sound that comes in frames of 20 ms."""
    detector, size = BeepDetector(rate), rate // 50 * 2
    return sum(detector.hear(pcm[at : at + size]) for at in range(0, len(pcm), size))


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000])
@pytest.mark.parametrize("hertz", [400, 440, 850, 1_000, 1_400, 2_000])
@pytest.mark.parametrize("secs", [0.2, 0.5, 1.0])
def test_a_beep_is_heard_once_when_it_is_over_at_every_rate(
    rate: int, hertz: int, secs: float
) -> None:
    assert beeps(rate, sound(rate, (0.5, 0), (secs, hertz), (0.3, 0))) == 1
    assert beeps(rate, sound(rate, (0.5, 0), (secs, hertz))) == 0


def test_a_faint_beep_is_heard() -> None:
    assert beeps(8_000, sound(8_000, (0.5, 0), (0.3, 1_000), (0.3, 0), level=0.04)) == 1


@pytest.mark.parametrize(
    "pieces",
    [
        [(0.1, 1_000)],  # a click
        [(4.0, 1_000)],  # a fax machine, or a line that is free
        [(0.04, hertz) for hertz in range(600, 1_200, 40)],  # a siren
        [(0.5, 200)],  # hum
        [(0.5, 0)],
    ],
)
def test_other_sounds_are_no_beeps(pieces: list[tuple[float, float]]) -> None:
    assert beeps(8_000, sound(8_000, (0.5, 0), *pieces, (0.5, 0))) == 0


@pytest.mark.parametrize("name", sorted(path.name for path in RECORDINGS.glob("*.wav")))
def test_voices_are_no_beeps(name: str) -> None:
    recording = load_recording(name, 8_000)
    assert beeps(8_000, recording.samples.astype("<i2").tobytes()) == 0


def test_a_computed_voice_is_no_beep() -> None:
    assert beeps(8_000, voice("La la la, la la la, la la la la la.", 8_000)) == 0


def test_silence_before_a_beep_is_counted_from_the_last_word() -> None:
    detector = BeepDetector(8_000)
    recording = load_recording("hello.wav", 8_000)
    detector.hear(recording.samples.astype("<i2").tobytes() + sound(8_000, (2.0, 0)))
    silent = 2.0 + len(recording.samples) / 8_000 - recording.end
    assert detector.quiet_secs == pytest.approx(silent, abs=0.2)
    detector.hear(recording.samples.astype("<i2").tobytes()[: int(recording.end * 8_000) * 2])
    assert detector.quiet_secs < 0.2
