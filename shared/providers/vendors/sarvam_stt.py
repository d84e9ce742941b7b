"""Sarvam listens; a module of its own, because only this needs Sarvam's SDK."""

from pipecat.services.sarvam.stt import (
    SUPPORTED_SAMPLE_RATES,
    SarvamRealtimeSTTService,
    language_to_sarvam_realtime_language,
)
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.factory import ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.stt_mixins import BuffersEarlyAudio, ResamplesInput
from shared.providers.tls import SharesTls
from shared.settings.settings import Settings


class SarvamSTT(BuffersEarlyAudio, ResamplesInput, SharesTls, SarvamRealtimeSTTService):
    """Sarvam's realtime endpoint, which comes back after a lost connection; the other doesn't.

    It finds the utterances itself. Told by our voice detector where they begin (`manual`), it
    would miss the 0.2 s that the detector needs, and with them a plain "yes".
    """

    TAKES = frozenset(SUPPORTED_SAMPLE_RATES)
    BEST = 16_000


def _stt(settings: Settings, persona: Persona, language: Language) -> SarvamSTT:
    return SarvamSTT(
        api_key=settings.sarvam_api_key.get_secret_value(),
        base_url=f"{settings.sarvam_url}/speech-to-text-realtime/ws",
        settings=SarvamSTT.Settings(language=language),
    )


STT = ServiceFactory(_stt, languages_of(language_to_sarvam_realtime_language))
