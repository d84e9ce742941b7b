"""The default vendors' services, made fit for many calls in one process.

Their SDKs read the certificates anew for every connection, some of them on the event loop: 25 ms in
which no other call's audio moves, and a megabyte each. Here all share one TLS context.
"""

import ssl
from collections.abc import AsyncGenerator, Mapping
from functools import cache, partial
from typing import Any

import httpx
from deepgram import AsyncDeepgramClient
from deepgram.listen.v1 import client as deepgram_listen
from openai import AsyncOpenAI, DefaultAsyncHttpxClient
from pipecat.frames.frames import Frame
from pipecat.services.cartesia.tts import CartesiaTTSService
from pipecat.services.deepgram import stt as deepgram_stt
from pipecat.services.deepgram.stt import DeepgramSTTService
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.utils.http import connection_limits
from websockets.asyncio.client import ClientConnection
from websockets.legacy.client import Connect as _SdkConnect

from shared.conversation.connecting import ConnectsInBackground

MAX_EARLY_AUDIO = 160_000  # bytes; ten seconds at 8 kHz


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _tls_for(url: str) -> ssl.SSLContext | None:
    return _tls() if url.startswith("wss:") else None


def _connect_deepgram(url: str, **kwargs: Any) -> _SdkConnect:
    return _SdkConnect(url, ssl=_tls_for(url), **kwargs)


# Neither Pipecat nor Deepgram's SDK has an argument for these two. The HTTP client is one that
# streaming never uses.
deepgram_listen.websockets_client_connect = _connect_deepgram  # type: ignore[assignment, attr-defined]
deepgram_stt.AsyncDeepgramClient = partial(  # type: ignore[assignment, attr-defined]
    AsyncDeepgramClient, httpx_client=httpx.AsyncClient(verify=_tls())
)


class Deepgram(ConnectsInBackground, DeepgramSTTService):
    """Deepgram that also hears what is said while the connection is being made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._early_audio = bytearray()

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """Send the caller's audio, or keep it until there is a connection."""
        if self._connection is None and self._connecting and not self._connecting.done():
            self._early_audio += audio
            del self._early_audio[:-MAX_EARLY_AUDIO]
            return
        if self._early_audio:
            audio = bytes(self._early_audio + audio)
            self._early_audio.clear()
        async for frame in super().run_stt(audio):
            yield frame


class Cartesia(ConnectsInBackground, CartesiaTTSService):
    """Cartesia on the shared TLS context."""

    async def _websocket_connect(self, uri: str, **kwargs: Any) -> ClientConnection:
        socket: ClientConnection = await super()._websocket_connect(
            uri, ssl=_tls_for(uri), **kwargs
        )
        return socket


class OpenAI(OpenAILLMService):
    """OpenAI, or what speaks its protocol, on a connection that ends with the call."""

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
        # Between two answers lie more than httpx's five seconds; a new connection would cost two
        # round trips of silence.
        limits = connection_limits(
            max_connections=10, max_keepalive_connections=10, keepalive_expiry=None
        )
        client = AsyncOpenAI(
            api_key=api_key,
            base_url=base_url,
            organization=organization,
            project=project,
            default_headers=default_headers,
            http_client=DefaultAsyncHttpxClient(verify=_tls(), limits=limits),
        )
        self._completions = client.chat.completions  # imports 25 ms of code: not in a first answer
        return client

    async def cleanup(self) -> None:
        """Close the connection."""
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's
        await self._client.close()
