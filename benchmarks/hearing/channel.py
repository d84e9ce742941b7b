"""A telephone line and what it does to sound: its band, its coding, its faults."""

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]  # samples between -1 and 1

RATE = 8_000  # Hz
BAND = (300.0, 3_400.0)  # Hz
EDGE = 100.0  # Hz over which the band fades out
MU = 255.0  # of G.711 as it is used in North America and Japan
STEPS = 127  # of G.711 on each side of zero
SPEAKING = 0.1  # of the loudest 20 ms: what is fainter does not count to the loudness of speech
FRAME = 160  # samples in 20 ms
LINE_ECHO_DB, LINE_ECHO_SECS = -12.0, 0.12


def telephone(sound: Sound) -> Sound:
    """Cut the sound down to 300 to 3,400 Hz, and code and decode it by G.711."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    low, high = BAND
    spectrum *= np.clip((hertz - low) / EDGE + 1, 0, 1) * np.clip((high - hertz) / EDGE + 1, 0, 1)
    return _coded(np.clip(np.fft.irfft(spectrum, len(sound)), -1, 1))


def at_level(sound: Sound, dbfs: float) -> Sound:
    """Bring the speech in it, not its pauses, to a level."""
    return sound * (10 ** (dbfs / 20) / loudness(sound))


def loudness(sound: Sound) -> float:
    """The root mean square of those stretches in which somebody speaks."""
    frames = np.pad(sound, (0, -len(sound) % FRAME)).reshape(-1, FRAME)
    power = np.mean(frames**2, axis=1)
    return float(np.sqrt(power[power >= power.max() * SPEAKING**2].mean()))


def clipped(sound: Sound, db: float) -> Sound:
    """Somebody shouts into the telephone: so much louder, and cut off at full scale."""
    return np.clip(sound * 10 ** (db / 20), -1, 1)


def line_echo(sound: Sound) -> Sound:
    """The line returns the speaker's own voice, later and fainter."""
    delay = round(LINE_ECHO_SECS * RATE)
    later = np.pad(sound, (delay, 0)) * 10 ** (LINE_ECHO_DB / 20)
    return np.pad(sound, (0, delay)) + later


def mixed(sound: Sound, noise: Sound, snr_db: float, lead: float) -> Sound:
    """Put noise under the sound, and `lead` seconds of it before and after."""
    padded = np.pad(sound, round(lead * RATE))
    under = np.resize(noise, len(padded))
    return padded + under * loudness(sound) / loudness(under) * 10 ** (-snr_db / 20)


def _coded(sound: Sound) -> Sound:
    companded = np.sign(sound) * np.log1p(MU * np.abs(sound)) / np.log1p(MU)
    steps = np.rint(companded * STEPS) / STEPS
    decoded: Sound = np.sign(steps) * np.expm1(np.abs(steps) * np.log1p(MU)) / MU
    return decoded
