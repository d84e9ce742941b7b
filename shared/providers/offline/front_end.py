"""Telephone sound made fit for an acoustic model of wideband speech."""

import numpy as np
import numpy.typing as npt
import soxr

MODEL_RATE = 16_000  # Hz; decoding 8 kHz sound directly loses half of the phrases
SPEECH_RMS = 2_600  # of 32,768, about -22 dBFS: the level at which the model hears best
LOUD = 0.05  # samples above this fraction of the peak count as speech
GAIN_LIMITS = (0.25, 8.0)  # from a shouting caller to one 40 dB below full scale
NOISE_FLOOR = 32_768 * 10 ** (-55 / 20)  # rms; digital silence throws the model off

Samples = npt.NDArray[np.float32]


def prepare(pcm: bytes, sample_rate: int) -> bytes:
    """Resample 16-bit mono speech, level it and lay a faint noise under it.

    The same sound always gives the same result.
    """
    samples = np.frombuffer(pcm, np.int16).astype(np.float32)
    if sample_rate != MODEL_RATE:
        samples = soxr.resample(samples, sample_rate, MODEL_RATE)
    noise = np.random.default_rng(0).standard_normal(len(samples), np.float32) * NOISE_FLOOR
    levelled = samples * _gain(samples) + noise
    return np.clip(levelled, -32_768, 32_767).astype(np.int16).tobytes()


def _gain(samples: Samples) -> float:
    magnitude = np.abs(samples)
    peak = float(magnitude.max(initial=0.0))
    if peak == 0.0:
        return 1.0
    rms = float(np.sqrt(np.square(samples[magnitude > LOUD * peak]).mean()))
    return float(np.clip(SPEECH_RMS / rms, *GAIN_LIMITS))
