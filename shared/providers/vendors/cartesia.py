"""Cartesia speaks."""

from pipecat.services.cartesia.tts import CartesiaTTSService, language_to_cartesia_language
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.background_connect import ConnectsInBackground
from shared.providers.factory import ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.tls import SharesTls
from shared.providers.tts_mixins import ReportsConnectionLoss, SpeaksFirstWordsEarly
from shared.settings.settings import Settings


class Cartesia(
    ConnectsInBackground,
    SpeaksFirstWordsEarly,
    ReportsConnectionLoss,
    SharesTls,
    CartesiaTTSService,
):
    """Cartesia on the shared TLS context."""


def _tts(settings: Settings, persona: Persona, language: Language) -> Cartesia:
    return Cartesia(
        api_key=settings.cartesia_api_key.get_secret_value(),
        url=settings.cartesia_url,
        settings=Cartesia.Settings(
            voice=persona.voice or settings.cartesia_voice_id, language=language
        ),
    )


TTS = ServiceFactory(
    _tts,
    languages_of(language_to_cartesia_language),
    voice_tags=frozenset({"break", "emotion", "speed", "spell", "volume"}),
)
