"""Whisper listens on this machine."""

from collections.abc import AsyncGenerator
from functools import cache

from faster_whisper import WhisperModel
from pipecat.audio.utils import create_file_resampler
from pipecat.frames.frames import Frame
from pipecat.services.whisper import stt as whisper_stt
from pipecat.services.whisper.stt import WhisperSTTService, language_to_whisper_language
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.factory import ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.patching import replace
from shared.settings.settings import Settings

RATE = 16_000  # Hz; Whisper knows no other, and Pipecat gives it the line's samples as they are

# Pipecat loads the model for every call: seconds, and up to gigabytes.
replace(whisper_stt, "WhisperModel", cache(WhisperModel))


class Whisper(WhisperSTTService):
    """Whisper on a model that all calls share; an utterance is transcribed when it is over."""

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame, None]:
        """Transcribe a whole utterance."""
        audio = await create_file_resampler().resample(audio, self.sample_rate, RATE)
        async for frame in super().run_stt(audio):
            yield frame


def _stt(settings: Settings, persona: Persona, language: Language) -> Whisper:
    return Whisper(settings=Whisper.Settings(model=settings.whisper_model, language=language))


STT = ServiceFactory(_stt, languages_of(language_to_whisper_language))
