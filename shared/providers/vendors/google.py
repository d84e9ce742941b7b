"""Google: Cloud Speech listens and speaks, Gemini thinks."""

import asyncio
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

import httpx
from google.cloud.speech_v2 import SpeechAsyncClient
from pipecat.processors.frame_processor import FrameProcessorSetup
from pipecat.services.google import stt as google_stt
from pipecat.services.google.llm import GoogleLLMService
from pipecat.services.google.stt import GoogleSTTService, language_to_google_stt_language
from pipecat.services.google.tts import GoogleTTSService, language_to_google_tts_language
from pipecat.transcriptions.language import Language
from pipecat.utils.http import connection_limits

from shared.bot.persona import Persona
from shared.providers.factory import TOOL_SECS, ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.llm_context_limit import FitsContext
from shared.providers.patching import replace
from shared.providers.tls import tls
from shared.settings.settings import Settings

CONNECT_SECS = 5.0

VOICE = "Kore"  # one of Chirp 3 HD's, which all speak every language that it has

# Pipecat's map has these, Chirp 3 HD hasn't, and Pipecat streams no other kind of voice.
NO_CHIRP = {"bg", "cs", "el", "et", "he", "hr", "hu", "lt", "lv", "ro", "sk", "sl", "sr"}


class ClientOfLoop:
    """A gRPC client, one for each event loop and so for all calls of a process.

    gRPC refuses to make one in a thread, which is where services are made. Making one takes 30 ms
    of the event loop; connections are shared well.
    """

    def __init__(self) -> None:
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Any] = WeakKeyDictionary()

    def get(self, make: Callable[[], Any]) -> Any:
        """The client of the running loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            self._clients[loop] = make()
        return self._clients[loop]


_HEARING = ClientOfLoop()
_SPEAKING = ClientOfLoop()

# Pipecat makes the client in the constructor; this has it make one that is yet to be called.
replace(
    google_stt, "speech_v2", SimpleNamespace(SpeechAsyncClient=partial(partial, SpeechAsyncClient))
)


class GoogleSTT(GoogleSTTService):
    """Speech-to-Text V2."""

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Take the client of this event loop."""
        make: Any = self._client  # see above
        self._client = _HEARING.get(make)
        await super().setup(setup)


class GoogleTTS(GoogleTTSService):
    """Chirp 3 HD, at the line's rate."""

    def _create_client(self, *args: Any, **kwargs: Any) -> Any:
        return partial(super()._create_client, *args, **kwargs)

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Take the client of this event loop."""
        make: Any = self._client  # see above
        self._client = _SPEAKING.get(make)
        await super().setup(setup)


class Gemini(FitsContext, GoogleLLMService):
    """Gemini on a connection of ours, which ends with the call."""

    def create_client(self) -> None:
        """Give Google's SDK our connection; its own is closed when the caller talks for 15 s."""
        limits = connection_limits(
            max_connections=10, max_keepalive_connections=10, keepalive_expiry=None
        )
        # Between two pieces of an answer, `stream_idle_timeout_secs` is what bounds the wait.
        timeout = httpx.Timeout(None, connect=CONNECT_SECS)
        self._http = httpx.AsyncClient(verify=tls(), limits=limits, timeout=timeout)
        self._http_options |= {
            "httpx_async_client": self._http,
            "client_args": {"verify": tls()},
            "async_client_args": {"verify": tls(), "ssl": tls()},
        }
        super().create_client()  # type: ignore[no-untyped-call]  # Pipecat's

    async def cleanup(self) -> None:
        """Close the connection."""
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's
        await self._http.aclose()


def _stt(settings: Settings, persona: Persona, language: Language) -> GoogleSTT:
    return GoogleSTT(
        credentials_path=settings.google_application_credentials,
        settings=GoogleSTT.Settings(languages=[language]),
    )


def _llm(settings: Settings, persona: Persona, language: Language) -> Gemini:
    return Gemini(
        api_key=settings.google_api_key.get_secret_value(),
        function_call_timeout_secs=TOOL_SECS,
        settings=Gemini.Settings(
            model=settings.google_model, system_instruction=persona.instructions
        ),
    )


def _tts(settings: Settings, persona: Persona, language: Language) -> GoogleTTS:
    locale = language_to_google_tts_language(language)
    return GoogleTTS(
        credentials_path=settings.google_application_credentials,
        settings=GoogleTTS.Settings(
            voice=persona.voice or f"{locale}-Chirp3-HD-{VOICE}", language=language
        ),
    )


STT = ServiceFactory(_stt, languages_of(language_to_google_stt_language))
LLM = ServiceFactory(_llm)
TTS = ServiceFactory(
    _tts,
    frozenset(
        code
        for code in languages_of(language_to_google_tts_language)
        if code.partition("-")[0] not in NO_CHIRP
    ),
)
