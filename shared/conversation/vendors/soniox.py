"""Soniox listens."""

from pipecat.services.soniox.stt import SonioxSTTService, language_to_soniox_language
from pipecat.transcriptions.language import Language

from shared.conversation.languages import languages_of
from shared.conversation.persona import Persona
from shared.conversation.vendors.hearing import HearsEarly
from shared.conversation.vendors.recipe import Recipe
from shared.conversation.vendors.tls import SharesTls
from shared.settings import Settings


class SonioxSTT(HearsEarly, SharesTls, SonioxSTTService):
    """Soniox; our voice detector says when an utterance is over."""


def _stt(settings: Settings, persona: Persona, language: Language) -> SonioxSTT:
    return SonioxSTT(
        api_key=settings.soniox_api_key.get_secret_value(),
        url=settings.soniox_url,
        settings=SonioxSTT.Settings(language_hints=[language]),
    )


STT = Recipe(_stt, languages_of(language_to_soniox_language))
