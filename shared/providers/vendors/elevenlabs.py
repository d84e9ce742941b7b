"""ElevenLabs listens and speaks."""

from pipecat.services.elevenlabs.stt import (
    ElevenLabsRealtimeSTTService,
    language_to_elevenlabs_language,
)
from pipecat.services.elevenlabs.tts import ElevenLabsTTSService
from pipecat.services.elevenlabs.tts_base import ELEVENLABS_V2_5_LANGUAGES
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.background_connect import ConnectsInBackground
from shared.providers.factory import ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.stt_mixins import BuffersEarlyAudio
from shared.providers.tls import SharesTls
from shared.providers.tts_mixins import ReportsConnectionLoss, SpeaksFirstWordsEarly
from shared.settings.settings import Settings


class ElevenLabsSTT(BuffersEarlyAudio, SharesTls, ElevenLabsRealtimeSTTService):
    """Scribe, at the line's rate; our voice detector says when an utterance is over."""


class ElevenLabsTTS(
    ConnectsInBackground,
    SpeaksFirstWordsEarly,
    ReportsConnectionLoss,
    SharesTls,
    ElevenLabsTTSService,
):
    """Flash v2.5, the model for calls, at the line's rate."""


def _stt(settings: Settings, persona: Persona, language: Language) -> ElevenLabsSTT:
    return ElevenLabsSTT(
        api_key=settings.elevenlabs_api_key.get_secret_value(),
        base_url=settings.elevenlabs_url.removeprefix("wss://"),  # the class puts it before again
        settings=ElevenLabsSTT.Settings(language=language),
    )


def _tts(settings: Settings, persona: Persona, language: Language) -> ElevenLabsTTS:
    return ElevenLabsTTS(
        api_key=settings.elevenlabs_api_key.get_secret_value(),
        url=settings.elevenlabs_url,
        settings=ElevenLabsTTS.Settings(
            voice=persona.voice or settings.elevenlabs_voice_id, language=language
        ),
    )


STT = ServiceFactory(_stt, languages_of(language_to_elevenlabs_language))
TTS = ServiceFactory(_tts, ELEVENLABS_V2_5_LANGUAGES)
