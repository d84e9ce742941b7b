"""The recording that comes with the code: said when nothing is prepared and every TTS fails."""

import wave
from functools import cache

import numpy as np
import soxr

from shared.conversation.speech.playback import PrerenderedSpeech
from shared.languages.catalogue import giving_up_in


@cache
def last_resort(language: str, sample_rate: int) -> PrerenderedSpeech:
    """An apology and a goodbye in a computer's voice, at this rate in Hz.

    In English where there is none in the language.
    """
    text, path = giving_up_in(language)
    with wave.open(str(path), "rb") as recording:
        samples = np.frombuffer(recording.readframes(recording.getnframes()), "<i2")
        at_rate = soxr.resample(samples, recording.getframerate(), sample_rate)
    return PrerenderedSpeech(text, at_rate.astype("<i2").tobytes(), sample_rate)
