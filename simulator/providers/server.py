"""The providers served on a loopback port, inside the event loop of whoever needs them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from simulator.http_server import listen_at, serving
from simulator.providers.behaviour import Behaviour
from simulator.providers.cartesia import synthesise
from simulator.providers.deepgram import listen
from simulator.providers.dialogue import Reply, default_reply
from simulator.providers.openai import complete
from simulator.providers.providers import Providers
from simulator.speech import Ear, read_recordings, read_transcripts

TRANSCRIPTS = Path(__file__).parent.parent / "recordings" / "transcripts.tsv"


@asynccontextmanager
async def run_providers(
    behaviour: Behaviour | None = None,
    *,
    reply: Reply = default_reply,
    recordings: Mapping[Path, str] | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[Providers]:
    """Serve Deepgram, OpenAI and Cartesia while the context lasts.

    `reply` says what the language model answers to its messages, and `recordings` (those of
    the simulator unless given) which WAVs are recognised. Port 0 takes any that is free.
    """
    if recordings is None:
        recordings = read_transcripts(TRANSCRIPTS) if TRANSCRIPTS.exists() else {}
    ear = Ear(read_recordings(recordings))
    listener = listen_at(host, port)
    address = f"{host}:{listener.getsockname()[1]}"
    providers = Providers(behaviour or Behaviour(), reply=reply, ear=ear, address=address)
    async with serving(create_app(providers), listener):
        try:
            yield providers
        finally:
            providers.closing.set()


def create_app(providers: Providers) -> FastAPI:
    """Put the three providers' routes into one application."""
    app = FastAPI(openapi_url=None)

    @app.websocket("/v1/listen")
    async def deepgram(websocket: WebSocket) -> None:
        await listen(websocket, providers)

    @app.post("/v1/chat/completions")
    async def openai(request: Request) -> Response:
        return await complete(request, providers)

    @app.websocket("/tts/websocket")
    async def cartesia(websocket: WebSocket) -> None:
        await synthesise(websocket, providers)

    return app
