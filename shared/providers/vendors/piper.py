"""Piper speaks on this machine."""

from functools import cache
from types import SimpleNamespace

from pipecat.services.piper import tts as piper_tts
from pipecat.services.piper.tts import PiperTTSService
from pipecat.transcriptions.language import Language
from piper import PiperVoice

from shared.bot.persona import Persona
from shared.providers.factory import ServiceFactory
from shared.providers.patching import replace
from shared.providers.tts_mixins import ResamplesSpeech
from shared.settings.settings import Settings

# Each of Piper's voices has one language; it is downloaded when it is first needed.
VOICES = {
    "en": "en_US-lessac-medium",
    "hi": "hi_IN-priyamvada-medium",
    "ml": "ml_IN-meera-medium",
    "te": "te_IN-padmavathi-medium",
}

# Pipecat loads the voice for every call: half a second, and 60 MB.
replace(piper_tts, "PiperVoice", SimpleNamespace(load=cache(PiperVoice.load)))


class Piper(ResamplesSpeech, PiperTTSService):
    """Piper on voices that all calls share."""


def _tts(settings: Settings, persona: Persona, language: Language) -> Piper:
    return Piper(settings=Piper.Settings(voice=persona.voice or VOICES[language]))


TTS = ServiceFactory(_tts, frozenset(VOICES))
