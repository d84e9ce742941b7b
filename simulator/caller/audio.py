"""Sound as the simulator keeps it: mono 16-bit little-endian PCM, to and from WAV files."""

import shlex
import wave
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from simulator import wav

SAMPLE_WIDTH = 2  # bytes; Exotel's "raw/slin" is 16-bit little-endian
FULL_SCALE = 32_768
FRAME_SECS = 0.02  # seconds; the telephone network moves speech in 20 ms packets

Samples = NDArray[np.int16]


class UnreadableAudio(Exception):
    """A sound file that is missing, is none that we read, or holds nothing."""


def frame_bytes(rate: int) -> int:
    """Size of one 20 ms frame at `rate` Hz."""
    return round(rate * FRAME_SECS) * SAMPLE_WIDTH


def seconds(size: int, rate: int) -> float:
    """How long `size` bytes of PCM last."""
    return size / (rate * SAMPLE_WIDTH)


def read_wav(path: Path, rate: int) -> Samples:
    """Read a WAV of any rate, width and channel count, PCM or float, as mono at `rate` Hz.

    Raises:
        UnreadableAudio: If there is no such file, or no sound in it that we can read.
    """
    try:
        sound = wav.read(path)
    except OSError as error:
        raise UnreadableAudio(f"{path}: {error.strerror}") from error
    except wav.UnreadableWav as error:
        raise UnreadableAudio(
            f"{path}: not a WAV file of PCM or float ({error}). Make one with: {_conversion(path)}"
        ) from error
    mono = sound.frames.mean(axis=1)
    if not mono.size:
        raise UnreadableAudio(f"{path}: holds no sound")
    return to_samples(soxr.resample(mono, sound.rate, rate) if sound.rate != rate else mono)


def _conversion(path: Path) -> str:
    """The shell command that makes a WAV of what isn't one, under a name that is another."""
    taken = path.suffix.lower() == ".wav"
    made = path.with_name(f"{path.stem}-pcm.wav") if taken else path.with_suffix(".wav")
    names = shlex.quote(str(path)), shlex.quote(str(made))
    return f"ffmpeg -i {names[0]} -ac 1 -ar 8000 -c:a pcm_s16le {names[1]}"


def to_samples(wave_form: NDArray[np.floating]) -> Samples:
    """Round to 16 bits; what is too loud is clipped, as a telephone exchange does."""
    rounded: Samples = np.clip(np.rint(wave_form), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
    return rounded


def write_wav(path: Path, rate: int, *channels: bytes) -> None:
    """Write one PCM stream per channel, the shorter ones filled with silence."""
    length = max(len(channel) for channel in channels) // SAMPLE_WIDTH
    frames = np.zeros((length, len(channels)), np.int16)
    for index, channel in enumerate(channels):
        samples = np.frombuffer(channel, "<i2")
        frames[: len(samples), index] = samples
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(SAMPLE_WIDTH)
        file.setframerate(rate)
        file.writeframes(frames.tobytes())


def amplitude(dbfs: float) -> float:
    """Sample value at `dbfs` decibels relative to full scale."""
    return float(FULL_SCALE * 10 ** (dbfs / 20))
