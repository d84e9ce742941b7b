"""Sound as the simulator keeps it: mono 16-bit little-endian PCM, to and from WAV files."""

import wave
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

SAMPLE_WIDTH = 2  # bytes; Exotel's "raw/slin" is 16-bit little-endian
FULL_SCALE = 32_768
FRAME_SECS = 0.02  # seconds; the telephone network moves speech in 20 ms packets

Samples = NDArray[np.int16]


class UnreadableAudio(Exception):
    """A WAV file that is missing, is not PCM, or holds nothing."""


def frame_bytes(rate: int) -> int:
    """Size of one 20 ms frame at `rate` Hz."""
    return round(rate * FRAME_SECS) * SAMPLE_WIDTH


def seconds(size: int, rate: int) -> float:
    """How long `size` bytes of PCM last."""
    return size / (rate * SAMPLE_WIDTH)


def read_wav(path: Path, rate: int) -> Samples:
    """Read a PCM WAV of any rate, width and channel count as mono at `rate` Hz.

    Raises:
        UnreadableAudio: If there is no such file, or no PCM in it.
    """
    try:
        with wave.open(str(path), "rb") as wav:
            channels, width, own_rate = wav.getnchannels(), wav.getsampwidth(), wav.getframerate()
            data = wav.readframes(wav.getnframes())
    except OSError as error:
        raise UnreadableAudio(f"{path}: {error.strerror}") from error
    except (wave.Error, EOFError) as error:
        raise UnreadableAudio(f"{path}: not a PCM WAV file ({error})") from error
    mono = _as_floats(data, width).reshape(-1, channels).mean(axis=1)
    if not mono.size:
        raise UnreadableAudio(f"{path}: holds no sound")
    return to_samples(soxr.resample(mono, own_rate, rate) if own_rate != rate else mono)


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
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(len(channels))
        wav.setsampwidth(SAMPLE_WIDTH)
        wav.setframerate(rate)
        wav.writeframes(frames.tobytes())


def amplitude(dbfs: float) -> float:
    """Sample value at `dbfs` decibels relative to full scale."""
    return float(FULL_SCALE * 10 ** (dbfs / 20))


def _as_floats(data: bytes, width: int) -> NDArray[np.float32]:
    """Scale PCM of 1 to 4 bytes a sample to the 16-bit range."""
    if width == 1:  # the only unsigned width in WAV
        return (np.frombuffer(data, np.uint8).astype(np.float32) - 128) * 256
    if width == 3:
        padded = np.zeros((len(data) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        data, width = padded.tobytes(), 4
    samples = np.frombuffer(data, f"<i{width}").astype(np.float32)
    return samples / np.float32(1 << 8 * (width - SAMPLE_WIDTH))
