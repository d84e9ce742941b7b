"""Sarvam listens, thinks and speaks in India's languages."""

from typing import Any

from pipecat.services.sarvam import tts as sarvam_tts
from pipecat.services.sarvam.llm import SarvamLLMService
from pipecat.services.sarvam.tts import SarvamTTSService
from pipecat.transcriptions.language import Language
from pipecat.utils.types import NOT_GIVEN

from shared.bot.persona import Persona
from shared.providers.background_connect import ConnectsInBackground
from shared.providers.factory import TOOL_SECS, ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.tls import SharesTls
from shared.providers.tts_mixins import ReportsConnectionLoss
from shared.providers.vendors.openai import OpenAI
from shared.settings.settings import Settings


class SarvamLLM(SarvamLLMService, OpenAI):
    """Sarvam's model on a connection that ends with the call."""


class SarvamTTS(ConnectsInBackground, ReportsConnectionLoss, SharesTls, SarvamTTSService):
    """Sarvam's voice at the line's rate; Pipecat's default is the model's 24 kHz."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._init_sample_rate = None


def _llm(settings: Settings, persona: Persona, language: Language) -> SarvamLLM:
    return SarvamLLM(
        api_key=settings.sarvam_api_key.get_secret_value(),
        function_call_timeout_secs=TOOL_SECS,
        settings=SarvamLLM.Settings(
            model=settings.sarvam_model, system_instruction=persona.instructions
        ),
    )


def _tts(settings: Settings, persona: Persona, language: Language) -> SarvamTTS:
    return SarvamTTS(
        api_key=settings.sarvam_api_key.get_secret_value(),
        url=f"{settings.sarvam_url}/text-to-speech/ws",
        settings=SarvamTTS.Settings(language=language, voice=persona.voice or NOT_GIVEN),
    )


LLM = ServiceFactory(_llm)
TTS = ServiceFactory(_tts, languages_of(sarvam_tts.language_to_sarvam_language))
