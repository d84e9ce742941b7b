"""Deepgram: STT (Nova, Flux) and TTS (Aura)."""

from functools import partial
from typing import Any

import httpx
from deepgram import AsyncDeepgramClient
from deepgram.listen.v1 import client as deepgram_listen
from pipecat.services.deepgram import stt as deepgram_stt
from pipecat.services.deepgram.flux.stt import DeepgramFluxSTTService
from pipecat.services.deepgram.flux.stt_base import language_to_deepgram_flux_language
from pipecat.services.deepgram.stt import DeepgramSTTService
from pipecat.services.deepgram.tts import DeepgramTTSService
from pipecat.transcriptions.language import Language
from pipecat.utils.types import NOT_GIVEN
from websockets.legacy.client import Connect as _SdkConnect

from shared.bot.persona import Persona
from shared.providers.background_connect import ConnectsInBackground
from shared.providers.factory import ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.patching import replace
from shared.providers.stt_mixins import BuffersEarlyAudio
from shared.providers.tls import SharesTls, tls, tls_for
from shared.providers.tts_mixins import ReportsConnectionLoss
from shared.settings.settings import Settings

# Pipecat has no table of them. Nova-3 knows most languages by their base code only: `hi`, `ta`.
NOVA_3 = """
    af be bg bn bs ca cs da de el en en-AU en-GB en-IN en-NZ en-US es et fa fi fr gu gu-IN he hi
    hr hu hy id it ja ka kn ko lt lv mk mr ms ne nl no pa pa-IN pl pt ro ru sk sl sr sv ta te th
    tl tr uk ur vi zh
"""

# Milliseconds of silence after which Flux ends a turn that it is not sure of; 5000 is its own.
FLUX_TIMEOUT = 2000


def _connect_deepgram(url: str, **kwargs: Any) -> _SdkConnect:
    # Sound in small messages can hardly be compressed, and to try costs a call 10 % of its time.
    return _SdkConnect(url, ssl=tls_for(url), compression=None, **kwargs)


def _soon(failures: int) -> float:
    """Seconds until Nova connects again: at once when a connection broke off that had lasted.

    Pipecat waits for 4 s, in which the caller isn't heard.
    """
    return (0.1, 1.5, 4.0)[min(failures, 2)]


replace(deepgram_stt, "exponential_backoff_time", _soon)

# Neither Pipecat nor Deepgram's SDK has an argument for these two. The HTTP client is one that
# streaming never uses.
replace(deepgram_listen, "websockets_client_connect", _connect_deepgram)
replace(
    deepgram_stt,
    "AsyncDeepgramClient",
    partial(AsyncDeepgramClient, httpx_client=httpx.AsyncClient(verify=tls())),
)


class Deepgram(BuffersEarlyAudio, DeepgramSTTService):
    """Nova, on the shared TLS context."""

    async def _keepalive_handler(self) -> None:
        """Keep a new connection alive, and tell of it, as all of Pipecat's others do."""
        await self._call_event_handler("on_connected")
        await super()._keepalive_handler()  # type: ignore[no-untyped-call]  # Pipecat's


class DeepgramFlux(BuffersEarlyAudio, SharesTls, DeepgramFluxSTTService):
    """Flux, which transcribes a turn when it has ended."""


class DeepgramAura(ConnectsInBackground, ReportsConnectionLoss, SharesTls, DeepgramTTSService):
    """Aura, at the line's rate."""


def _websocket_url(settings: Settings) -> str:
    """`DEEPGRAM_BASE_URL` as Nova's SDK takes it: a bare host, http(s) or ws(s)."""
    scheme, _, host = settings.deepgram_base_url.rstrip("/").rpartition("://")
    return f"{'ws' if scheme in ('http', 'ws') else 'wss'}://{host or 'api.deepgram.com'}"


def _nova(settings: Settings, persona: Persona, language: Language) -> Deepgram:
    return Deepgram(
        api_key=settings.deepgram_api_key.get_secret_value(),
        base_url=settings.deepgram_base_url,
        settings=Deepgram.Settings(language=language),
    )


def _flux(settings: Settings, persona: Persona, language: Language) -> DeepgramFlux:
    english = language is Language.EN
    return DeepgramFlux(
        api_key=settings.deepgram_api_key.get_secret_value(),
        url=f"{_websocket_url(settings)}/v2/listen",
        settings=DeepgramFlux.Settings(
            model="flux-general-en" if english else "flux-general-multi",
            language_hints=NOT_GIVEN if english else [language],
            eot_timeout_ms=FLUX_TIMEOUT,
        ),
    )


def _aura(settings: Settings, persona: Persona, language: Language) -> DeepgramAura:
    return DeepgramAura(
        api_key=settings.deepgram_api_key.get_secret_value(),
        base_url=_websocket_url(settings),
        settings=DeepgramAura.Settings(voice=persona.voice or NOT_GIVEN),
    )


NOVA = ServiceFactory(_nova, frozenset(NOVA_3.split()))
FLUX = ServiceFactory(_flux, languages_of(language_to_deepgram_flux_language))
AURA = ServiceFactory(_aura, frozenset({"en"}))  # other languages have voices, but none of India's
