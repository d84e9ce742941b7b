"""Sample alignment: whole samples from audio that may be cut anywhere, also with a byte missing."""

import numpy as np

from shared.telephony.stream.audio import SAMPLE_WIDTH

MIN_SAMPLES = 40  # 5 ms at 8 kHz: fewer don't tell sound from noise
CLEARLY = 4  # times smoother is no accident


class SampleAligner:
    """Joins pieces of 16-bit audio and cuts them at sample boundaries.

    Half a sample waits for its other half, so a stream that is cut at odd places stays as it was.
    If a byte was lost or added, though, waiting would shift every later sample by a byte: loud
    noise from then on, in which no STT finds a word. The two cases are told apart by the sound:
    speech is smooth from one sample to the next, shifted speech isn't.
    """

    def __init__(self) -> None:
        self._half = b""

    def feed(self, piece: bytes) -> bytes:
        """Return the whole samples that are complete with this piece."""
        if self._half and _clearly_smoother(piece, self._half + piece):
            self._half = b""
        audio = self._half + piece
        end = len(audio) - len(audio) % SAMPLE_WIDTH
        self._half = audio[end:]
        return audio[:end]


def _clearly_smoother(one: bytes, other: bytes) -> bool:
    if len(one) < MIN_SAMPLES * SAMPLE_WIDTH:
        return False
    return _roughness(one) * CLEARLY < _roughness(other)


def _roughness(pcm: bytes) -> float:
    """The mean step from one sample to the next."""
    samples = np.frombuffer(pcm, "<i2", count=len(pcm) // SAMPLE_WIDTH).astype(np.int32)
    return float(np.abs(np.diff(samples)).mean())
