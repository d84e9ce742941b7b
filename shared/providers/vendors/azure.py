"""Azure Speech listens and speaks."""

from threading import Thread
from typing import Any

from pipecat.services.azure.common import language_to_azure_language
from pipecat.services.azure.stt import AzureSTTService
from pipecat.services.azure.tts import AzureTTSService
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.factory import ServiceFactory
from shared.providers.language_support import languages_of
from shared.settings.settings import Settings

# Each of Azure's voices has one language, so a persona without a voice takes its language's.
VOICES = {
    "as-IN": "as-IN-YashicaNeural",
    "bn-IN": "bn-IN-TanishaaNeural",
    "en-GB": "en-GB-SoniaNeural",
    "en-IN": "en-IN-NeerjaNeural",
    "en-US": "en-US-SaraNeural",
    "gu-IN": "gu-IN-DhwaniNeural",
    "hi-IN": "hi-IN-SwaraNeural",
    "kn-IN": "kn-IN-SapnaNeural",
    "ml-IN": "ml-IN-SobhanaNeural",
    "mr-IN": "mr-IN-AarohiNeural",
    "or-IN": "or-IN-SubhasiniNeural",
    "pa-IN": "pa-IN-VaaniNeural",
    "ta-IN": "ta-IN-PallaviNeural",
    "te-IN": "te-IN-ShrutiNeural",
    "ur-IN": "ur-IN-GulNeural",
}


class AzureSTT(AzureSTTService):
    """Azure's STT, which lets go of the line without holding up all other calls."""

    async def _disconnect(self) -> None:
        """Have a thread end the recognition.

        Azure's recognizer waits in its destructor for the service to confirm: a round trip, or
        eleven seconds if the service is silent. Pipecat lets it do so on the event loop.
        """
        held: list[Any] = [self._speech_recognizer, self._audio_stream]
        self._speech_recognizer = self._audio_stream = None
        Thread(target=_release, args=(held,), name="azure-release", daemon=True).start()


def _release(held: list[Any]) -> None:
    recognizer, stream = held
    held.clear()  # so that the last reference goes here
    if recognizer:
        for signal in (recognizer.recognizing, recognizer.recognized, recognizer.canceled):
            signal.disconnect_all()
        recognizer.stop_continuous_recognition_async()
    if stream:
        stream.close()


def _stt(settings: Settings, persona: Persona, language: Language) -> AzureSTT:
    return AzureSTT(
        api_key=settings.azure_speech_key.get_secret_value(),
        region=settings.azure_speech_region,
        settings=AzureSTT.Settings(language=language),
    )


def _tts(settings: Settings, persona: Persona, language: Language) -> AzureTTSService:
    return AzureTTSService(
        api_key=settings.azure_speech_key.get_secret_value(),
        region=settings.azure_speech_region,
        settings=AzureTTSService.Settings(
            voice=persona.voice or VOICES[language], language=language
        ),
    )


STT = ServiceFactory(_stt, languages_of(language_to_azure_language))
TTS = ServiceFactory(_tts, frozenset(VOICES))
