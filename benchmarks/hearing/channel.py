"""A telephone line and what it does to sound: its band, its coding, its faults."""

import wave
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from benchmarks.hearing.codecs import G711_MU_LAW, coded

Sound = NDArray[np.float64]  # samples between -1 and 1

RATE = 8_000  # Hz
BAND = (300.0, 3_400.0)  # Hz
EDGE = 100.0  # Hz over which the band fades out
SPEAKING = 0.1  # of the loudest 20 ms: what is fainter does not count to the loudness of speech
AUDIBLE = 0.03  # of the loudest 10 ms: what is fainter is silence around a voice
BLOCK = 80  # samples in 10 ms
FRAME = 160  # samples in 20 ms
LINE_ECHO_DB, LINE_ECHO_SECS = -12.0, 0.12
ROOM_SECS = 0.3  # until a room is 60 dB quieter
ROOM_DB = -6.0  # of its first reflection
SPEAKERPHONE_HZ = 2_400.0


def telephone(sound: Sound, codec: str = G711_MU_LAW) -> Sound:
    """Cut the sound down to 300 to 3,400 Hz, and code and decode it."""
    low, high = BAND
    return coded(np.clip(_filtered(sound, low, high), -1, 1), codec)


def at_level(sound: Sound, dbfs: float) -> Sound:
    """Bring the speech in it, not its pauses, to a level."""
    return sound * (10 ** (dbfs / 20) / loudness(sound))


def loudness(sound: Sound) -> float:
    """The root mean square of those stretches in which somebody speaks."""
    frames = np.pad(sound, (0, -len(sound) % FRAME)).reshape(-1, FRAME)
    power = np.mean(frames**2, axis=1)
    return float(np.sqrt(power[power >= power.max() * SPEAKING**2].mean()))


def trimmed(sound: Sound) -> Sound:
    """The sound without what is silence around it on a telephone, which passes no hum."""
    heard = _filtered(sound, *BAND)
    blocks = np.pad(heard, (0, -len(sound) % BLOCK)).reshape(-1, BLOCK)
    level = np.sqrt(np.mean(blocks**2, axis=1))
    loud = np.flatnonzero(level > AUDIBLE * level.max(initial=0))
    return sound[loud[0] * BLOCK : (loud[-1] + 1) * BLOCK] if len(loud) else sound


def clipped(sound: Sound, db: float) -> Sound:
    """Somebody shouts into the telephone: so much louder, and cut off at full scale."""
    return np.clip(sound * 10 ** (db / 20), -1, 1)


def line_echo(sound: Sound) -> Sound:
    """The line returns the speaker's own voice, later and fainter."""
    delay = round(LINE_ECHO_SECS * RATE)
    later = np.pad(sound, (delay, 0)) * 10 ** (LINE_ECHO_DB / 20)
    return np.pad(sound, (0, delay)) + later


def speakerphone(sound: Sound, seed: int) -> Sound:
    """Somebody talks across a room: it resounds, and the high tones are lost."""
    time = np.arange(round(ROOM_SECS * RATE)) / RATE
    room = np.random.default_rng(seed).standard_normal(len(time)) * 10 ** (-3 * time / ROOM_SECS)
    room *= 10 ** (ROOM_DB / 20) / np.sqrt(np.sum(room**2))
    room[0] = 1.0
    size = len(sound) + len(room) - 1
    heard = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(room, size), size)
    return _filtered(heard, 0.0, SPEAKERPHONE_HZ)


def mixed(sound: Sound, noise: Sound, snr_db: float, lead: float, tail: float) -> Sound:
    """Put noise under the sound, and `lead` and `tail` seconds of it before and after."""
    padded = np.pad(sound, (round(lead * RATE), round(tail * RATE)))
    under = np.resize(noise, len(padded))
    return padded + under * loudness(sound) / loudness(under) * 10 ** (-snr_db / 20)


def pitched(sound: Sound, times: float) -> Sound:
    """Raise a voice, and make it as much faster."""
    return at_rate(sound, round(RATE * times))


def at_rate(sound: Sound, rate: int) -> Sound:
    """Bring sound of another sample rate to ours."""
    resampled: Sound = soxr.resample(sound.astype(np.float64), rate, RATE)
    return resampled


def read_sound(path: Path) -> Sound:
    """Read a mono 16-bit WAV."""
    with wave.open(str(path), "rb") as file:
        pcm, rate = file.readframes(file.getnframes()), file.getframerate()
    return at_rate(np.frombuffer(pcm, "<i2") / 32_768, rate)


def _filtered(sound: Sound, low: float, high: float) -> Sound:
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum *= np.clip((hertz - low) / EDGE + 1, 0, 1) * np.clip((high - hertz) / EDGE + 1, 0, 1)
    return np.fft.irfft(spectrum, len(sound))
