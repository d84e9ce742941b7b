"""Sounds that no person makes: the ringing tone, and the beep of a voicemail."""

import numpy as np
from numpy.typing import NDArray

from simulator.caller.audio import Samples, amplitude, to_samples

# India's ringing tone (ITU-T E.180): 400 Hz that 25 Hz make tremble, twice 0.4 s and a pause.
RINGING_HERTZ = 400
TREMBLE_HERTZ = 25
RINGING_CADENCE = ((0.4, True), (0.2, False), (0.4, True), (2.0, False))  # seconds
RINGING_DBFS = -18.0
BEEP_DBFS = -12.0


def ringing_tone(rate: int) -> Samples:
    """One period of the ringing tone, 3 s of it at `rate` Hz."""
    tremble = 0.75 + 0.25 * np.sin(2 * np.pi * TREMBLE_HERTZ * _times(3.0, rate))
    tone = _sine(RINGING_HERTZ, 3.0, rate, RINGING_DBFS) * tremble
    gate = [np.full(round(secs * rate), on) for secs, on in RINGING_CADENCE]
    return to_samples(tone * np.concatenate(gate))


def beep(hertz: float, seconds: float, rate: int) -> Samples:
    """A plain tone."""
    return to_samples(_sine(hertz, seconds, rate, BEEP_DBFS))


def _sine(hertz: float, seconds: float, rate: int, dbfs: float) -> NDArray[np.float64]:
    wave: NDArray[np.float64] = amplitude(dbfs) * np.sin(2 * np.pi * hertz * _times(seconds, rate))
    return wave


def _times(seconds: float, rate: int) -> NDArray[np.float64]:
    times: NDArray[np.float64] = np.arange(round(seconds * rate)) / rate
    return times
