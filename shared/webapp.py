"""The web app that both bots are: a socket that takes calls, and what monitoring asks."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI, WebSocket
from fastapi.responses import JSONResponse, Response
from loguru import logger

from shared.calls.record import Direction
from shared.calls.registry import CallRegistry
from shared.conversation.persona import Answer, Persona
from shared.metrics import CONTENT_TYPE, render
from shared.security import basic_auth_matches
from shared.session import serve_call
from shared.settings import Settings
from shared.switchboard import choose_providers, open_switchboard


def build_app(
    settings: Settings, *, answer: Answer, personas: Sequence[Persona], direction: Direction
) -> FastAPI:
    """Build the app that takes one bot's calls.

    Args:
        settings: Of this process.
        answer: The bot's decision: who answers a caller.
        personas: Those known beforehand: their openings are made at start-up, and the first of
            them answers when `answer` fails.
        direction: Who rings whom.

    Raises:
        ConfigurationError: If it can't work like this; says everything that is wrong.
    """
    providers = choose_providers(settings)
    registry = CallRegistry(settings.max_calls)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.board = await open_switchboard(
            providers, registry, answer=answer, personas=personas, direction=direction
        )
        logger.info("ready for {} calls", settings.max_calls)
        yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.registry = registry

    @app.websocket("/ws")
    async def take_call(websocket: WebSocket) -> None:
        if not _may_enter(websocket, settings):
            peer = websocket.client.host if websocket.client else "unknown"
            logger.warning("refused a socket from {}: credentials missing or wrong", peer)
            registry.refusals["credentials"] += 1
            await websocket.close()  # before accept: the client gets HTTP 403
            return
        await websocket.accept()
        await serve_call(websocket, app.state.board)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        state = {
            "ready": registry.accepting,
            "calls": len(registry),
            "max_calls": registry.max_calls,
        }
        return JSONResponse(state, status_code=200 if registry.accepting else 503)

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(render(registry), media_type=CONTENT_TYPE)

    return app


def _may_enter(websocket: WebSocket, settings: Settings) -> bool:
    if not settings.ws_username:
        return True
    return basic_auth_matches(
        websocket.headers.get("authorization"),
        settings.ws_username,
        settings.ws_password.get_secret_value(),
    )
