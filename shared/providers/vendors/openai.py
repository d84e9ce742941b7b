"""OpenAI, and whatever speaks its protocol: it thinks, and it speaks."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from httpx2 import HTTPError
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout
from pipecat.frames.frames import StartFrame
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.services.openai._constants import OPENAI_SAMPLE_RATE
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.services.openai.tts import OpenAITTSService
from pipecat.services.tts_service import TTSService
from pipecat.services.whisper.base_stt import language_to_whisper_language
from pipecat.transcriptions.language import Language
from pipecat.utils.http import connection_limits
from pipecat.utils.types import NOT_GIVEN

from shared.bot.persona import Persona
from shared.providers.background_connect import HEAD_START
from shared.providers.factory import TOOL_SECS, ServiceFactory
from shared.providers.language_support import languages_of
from shared.providers.llm_context_limit import FitsContext
from shared.providers.tls import tls
from shared.providers.tts_mixins import ResamplesSpeech
from shared.providers.vendors.openai_stream import with_whole_calls
from shared.settings.settings import Settings

# Seconds. OpenAI's own are 600, and a request that hangs would hold the call for as long.
TIMEOUT = Timeout(10.0, connect=2.0)


def http_client() -> DefaultAsyncHttpxClient:
    """A client on the shared TLS context, whose connections stay open.

    Between two answers lie more than httpx's five seconds; a new connection would cost two round
    trips of silence.
    """
    limits = connection_limits(
        max_connections=10, max_keepalive_connections=10, keepalive_expiry=None
    )
    return DefaultAsyncHttpxClient(verify=tls(), limits=limits)


class OpenAI(FitsContext, OpenAILLMService):
    """OpenAI on a connection that ends with the call."""

    _warming: asyncio.Task[None] | None = None

    def create_client(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        organization: str | None = None,
        project: str | None = None,
        default_headers: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> AsyncOpenAI:
        """Make the client that Pipecat never closes, and `cleanup` does."""
        client = AsyncOpenAI(
            api_key=api_key,
            base_url=base_url,
            organization=organization,
            project=project,
            default_headers=default_headers,
            http_client=http_client(),
            timeout=TIMEOUT,
            max_retries=0,  # the watchdog tries again, in time for the caller
        )
        self._completions = client.chat.completions  # imports 25 ms of code: not in a first answer
        return client

    async def get_chat_completions(self, context: LLMContext) -> Any:
        """Ask; Pipecat gets the tool calls whole."""
        return with_whole_calls(await super().get_chat_completions(context))

    async def start(self, frame: StartFrame) -> None:
        """Connect while the opening is being said, or the first answer would wait for it."""
        await super().start(frame)
        self._warming = self.create_task(self._warm_up(), "connect")

    async def cleanup(self) -> None:
        """Close the connection."""
        if self._warming:
            await self.cancel_task(self._warming)
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's
        await self._client.close()

    async def _warm_up(self) -> None:
        await asyncio.sleep(HEAD_START)
        with suppress(HTTPError):  # the first question will show
            await self._client._client.get(f"{self._client.base_url}models")


class OpenAICompatible(OpenAI):
    """Ollama, vLLM, Groq and others, of which few know the role `developer`."""

    supports_developer_role = False


class OpenAIVoice(ResamplesSpeech, OpenAITTSService):
    """OpenAI's voice, which has 24 kHz and nothing else.

    Pipecat only puts the line's rate on it: at 8 kHz it would speak three times too slowly.
    """

    RATE = OPENAI_SAMPLE_RATE

    async def start(self, frame: StartFrame) -> None:
        """Start, without the parent's warning that the line has another rate."""
        await TTSService.start(self, frame)

    async def cleanup(self) -> None:
        """Close the connection."""
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's
        await self._client.close()


def _llm(settings: Settings, persona: Persona, language: Language) -> OpenAI:
    return OpenAI(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url or None,
        function_call_timeout_secs=TOOL_SECS,
        settings=OpenAI.Settings(
            model=settings.openai_model, system_instruction=persona.instructions
        ),
    )


def _compatible(settings: Settings, persona: Persona, language: Language) -> OpenAI:
    key = settings.openai_compatible_api_key.get_secret_value()
    return OpenAICompatible(
        api_key=key or "none",  # local ones ask for no key
        base_url=settings.openai_compatible_url,
        function_call_timeout_secs=TOOL_SECS,
        settings=OpenAI.Settings(
            model=settings.openai_compatible_model, system_instruction=persona.instructions
        ),
    )


def _tts(settings: Settings, persona: Persona, language: Language) -> OpenAIVoice:
    return OpenAIVoice(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url or None,
        http_client=http_client(),
        settings=OpenAIVoice.Settings(voice=persona.voice or NOT_GIVEN),
    )


LLM = ServiceFactory(_llm)
COMPATIBLE = ServiceFactory(_compatible)
TTS = ServiceFactory(
    _tts, languages_of(language_to_whisper_language)
)  # it speaks what Whisper hears
