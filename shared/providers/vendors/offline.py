"""The keyless demo's services, made like a vendor's."""

from pipecat.processors.frame_processor import FrameProcessor
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.factory import ServiceFactory
from shared.settings.settings import Settings


def _pocketsphinx(settings: Settings, persona: Persona, language: Language) -> FrameProcessor:
    from shared.providers.offline.pocketsphinx_stt import PocketSphinxSTTService

    return PocketSphinxSTTService()


def _scripted(settings: Settings, persona: Persona, language: Language) -> FrameProcessor:
    from shared.providers.offline.scripted_llm import ScriptedLLMService

    return ScriptedLLMService(opening=persona.opening)


def _espeak(settings: Settings, persona: Persona, language: Language) -> FrameProcessor:
    from shared.providers.offline.espeak_tts import EspeakTTSService

    return EspeakTTSService()


STT = ServiceFactory(_pocketsphinx)
LLM = ServiceFactory(_scripted)
TTS = ServiceFactory(_espeak)
