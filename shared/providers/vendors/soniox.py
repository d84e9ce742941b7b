"""Soniox listens."""

from pipecat.services.soniox.stt import SonioxSTTService, language_to_soniox_language
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.factory import ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.stt_mixins import BuffersEarlyAudio
from shared.providers.tls import SharesTls
from shared.settings.settings import Settings


class SonioxSTT(BuffersEarlyAudio, SharesTls, SonioxSTTService):
    """Soniox; our voice detector says when an utterance is over."""


def _stt(settings: Settings, persona: Persona, language: Language) -> SonioxSTT:
    return SonioxSTT(
        api_key=settings.soniox_api_key.get_secret_value(),
        url=settings.soniox_url,
        settings=SonioxSTT.Settings(language_hints=[language]),
    )


STT = ServiceFactory(_stt, languages_of(language_to_soniox_language))
