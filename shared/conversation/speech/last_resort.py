"""The recording that comes with the code: said when nothing is prepared and every voice fails."""

import wave
from functools import cache
from pathlib import Path

import numpy as np
import soxr

from shared import languages
from shared.conversation.speech.playback import PrerenderedSpeech
from shared.languages.prompts import prompts_in

LANGUAGES = Path(languages.__file__).parent
SOUNDS = {
    "en": LANGUAGES / "english" / "giving_up.wav",
    "hi": LANGUAGES / "hindi" / "giving_up.wav",
}


@cache
def last_resort(language: str, sample_rate: int) -> PrerenderedSpeech:
    """An apology and a goodbye in a computer's voice, at this rate in Hz.

    In English where there is none in the language.
    """
    own = language.partition("-")[0].lower()
    with wave.open(str(SOUNDS.get(own, SOUNDS["en"])), "rb") as recording:
        samples = np.frombuffer(recording.readframes(recording.getnframes()), "<i2")
        at_rate = soxr.resample(samples, recording.getframerate(), sample_rate)
    text = prompts_in(language if own in SOUNDS else "en").giving_up
    return PrerenderedSpeech(text, at_rate.astype("<i2").tobytes(), sample_rate)
