"""The providers served on a loopback port, inside the event loop of whoever needs them."""

import logging
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

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
    listener = _listen_at(host, port)
    address = f"{host}:{listener.getsockname()[1]}"
    providers = Providers(behaviour or Behaviour(), reply=reply, ear=ear, address=address)
    server = _server(create_app(providers))
    await server.startup(sockets=[listener])
    try:
        yield providers
    finally:
        providers.closing.set()
        await server.shutdown(sockets=[listener])


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


def _listen_at(host: str, port: int) -> socket.socket:
    # The protocol is named because asyncio sets TCP_NODELAY only on sockets that name it, and
    # without it two small messages in a row cost the peer's delayed acknowledgement of 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _server(app: FastAPI) -> uvicorn.Server:
    """Prepare a server to be started and shut down by hand.

    `Server.serve` would take over the signals of the program, and wait in steps of 0.1 s.
    """
    config = uvicorn.Config(
        app,
        http=_Http,
        ws=_WebSocket,
        lifespan="off",
        log_config=None,
        access_log=False,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=75,  # seconds; as long as the real ones
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    return server


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether a log line is none of the broken-off answers that are our business."""
    return not record.getMessage().startswith("ASGI callable returned without")


log = logging.getLogger(__name__)
log.setLevel(logging.WARNING)
log.addFilter(_is_news)


class _Http(H11Protocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = log


class _WebSocket(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = log
