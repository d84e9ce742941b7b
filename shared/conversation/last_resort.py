"""The recording that comes with the code: said when nothing is prepared and every voice fails."""

import wave
from functools import cache
from pathlib import Path

import numpy as np
import soxr

from shared.conversation.lines import lines_in
from shared.conversation.speech import Speech

SOUNDS = Path(__file__).parent / "sounds"


@cache
def last_resort(language: str, sample_rate: int) -> Speech:
    """An apology and a goodbye in a computer's voice, at this rate in Hz.

    In English where there is none in the language.
    """
    own = SOUNDS / f"giving_up.{language.partition('-')[0].lower()}.wav"
    with wave.open(str(own if own.exists() else SOUNDS / "giving_up.en.wav"), "rb") as recording:
        samples = np.frombuffer(recording.readframes(recording.getnframes()), "<i2")
        at_rate = soxr.resample(samples, recording.getframerate(), sample_rate)
    text = lines_in(language if own.exists() else "en").giving_up
    return Speech(text, at_rate.astype("<i2").tobytes(), sample_rate)
