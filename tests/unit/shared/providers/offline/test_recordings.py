"""Recordings that the offline STT is tested with."""

from collections.abc import Callable

import numpy as np

from tests.unit.shared.providers.offline.conftest import RECORDINGS, read

LARGEST = 80_000  # bytes
QUIET_EDGE = 0.25  # seconds
LINE_NOISE = 400  # rms of 32,768; the noisiest line is 20 dB below its speech


def test_every_recording_has_a_transcript(transcripts: dict[str, str]) -> None:
    assert {path.stem for path in RECORDINGS.glob("*.wav")} == transcripts.keys()


def test_recordings_are_small_and_none_is_like_another() -> None:
    files = list(RECORDINGS.glob("*.wav"))
    assert max(path.stat().st_size for path in files) <= LARGEST
    assert len({read(path) for path in files}) == len(files)


def test_a_recording_s_speech_lies_between_two_stretches_of_line_noise(
    recording: Callable[[str], bytes], transcripts: dict[str, str]
) -> None:
    edge = int(QUIET_EDGE * 8_000)
    for name in transcripts:
        samples = np.frombuffer(recording(name), np.int16).astype(float)
        for quiet in (samples[:edge], samples[-edge:]):
            assert 0 < np.sqrt(np.square(quiet).mean()) < LINE_NOISE, name
        assert np.count_nonzero(samples) > 0.9 * len(samples), f"digital silence in {name}"
