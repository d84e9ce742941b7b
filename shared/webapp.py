"""The web app that both bots are: sockets that take calls, webhooks, and what monitoring asks."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, FastAPI, WebSocket
from fastapi.responses import JSONResponse, Response
from loguru import logger

from shared.access import token_key, too_many_failures
from shared.attempts import FailedAttempts
from shared.calls.lost_calls import LostCalls
from shared.calls.pace import Pace
from shared.calls.record import Direction
from shared.calls.registry import CallRegistry
from shared.calls.store import Store
from shared.conversation.persona import Answer, Persona
from shared.conversation.provider_health import ProviderHealth
from shared.forwarded import TrustedProxies
from shared.load import Load
from shared.metrics import CONTENT_TYPE, Kept, render
from shared.paths import find_lost_paths
from shared.peer_log import warn
from shared.quoting import quoted
from shared.security import basic_auth_matches
from shared.session import serve_call
from shared.settings import Settings
from shared.switchboard import choose_providers, open_switchboard
from shared.transfers import transfers
from shared.webhooks import add_webhooks

# Why it would refuse a call, for whoever monitors it, by what callers' sockets are told.
WHY_NOT = {
    "full": "full: every place is taken, or kept for somebody who is being rung",
    "busy": "busy: the event loop is late",
    "shutting down": "shutting down",
}


def build_app(
    settings: Settings,
    *,
    answer: Answer,
    personas: Sequence[Persona],
    direction: Direction,
    faults: Sequence[str] = (),
    pace: Pace | None = None,
) -> FastAPI:
    """Build the app that takes one bot's calls.

    Args:
        settings: Of this process.
        answer: The bot's decision: who answers a caller.
        personas: Those known beforehand: their openings are made at start-up, and the first of
            them answers when `answer` fails.
        direction: Who rings whom.
        faults: What else has been found to be wrong with the settings.
        pace: When calls without an end are looked at; as `Pace` has it unless given.

    Raises:
        ConfigurationError: If it can't work like this; says everything that is wrong.
    """
    providers = choose_providers(settings, personas, [*settings.faults(), *faults])

    @asynccontextmanager
    async def board(app: FastAPI) -> AsyncIterator[None]:
        app.state.board = await open_switchboard(
            providers,
            app.state.registry,
            answer=answer,
            personas=personas,
            direction=direction,
            store=app.state.store,
        )
        logger.info("ready for {} calls", settings.max_calls)
        try:
            yield
        finally:
            await app.state.board.equipment.repertoire.close()

    health = providers.health.values()
    app = build_office(settings, direction=direction, pace=pace, providers=health)
    app.include_router(_sockets(settings, board))
    return app


def build_office(
    settings: Settings,
    *,
    direction: Direction,
    pace: Pace | None = None,
    providers: Collection[ProviderHealth] = (),
) -> FastAPI:
    """Build an app that takes no calls: the store, Exotel's webhooks and what monitoring asks.

    Args:
        settings: Of this process.
        direction: Who rings whom.
        pace: When calls without an end are looked at.
        providers: Those that calls use.
    """
    registry = CallRegistry(settings.max_calls)
    load = Load(registry)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        url = settings.database_url.get_secret_value()
        store = app.state.store = await Store.open(url, pace, token_key=token_key(settings))
        watching = [
            asyncio.create_task(load.watch(), name="watch the load"),
            asyncio.create_task(LostCalls(store).watch(), name="watch for lost calls"),
        ]
        try:
            yield
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            await store.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.registry = registry
    app.state.attempts = FailedAttempts()
    add_webhooks(app, settings, registry, direction)
    app.include_router(transfers(settings, registry))
    app.add_middleware(TrustedProxies, trusted_hosts=settings.forwarded_allow_ips)
    find_lost_paths(app, settings)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        # A call that comes in is taken without the store; nobody can be rung without it.
        store_fails = app.state.store.database.failing and direction is Direction.OUTBOUND
        reason = WHY_NOT.get(registry.obstacle) or ("the database fails" if store_fails else "")
        state: dict[str, bool | int | str | list[str]] = {
            "ready": not reason,
            "calls": len(registry),
            "max_calls": registry.max_calls,
        }
        if reason:
            state["reason"] = reason
        # No reason to be taken out of service: a fallback answers, or an apology and a transfer,
        # and every other process has the same providers.
        if failing := [provider.label for provider in providers if provider.failing]:
            state["failing"] = failing
        return JSONResponse(state, status_code=503 if reason else 200)

    @Kept
    def rendered() -> str:
        failing = app.state.store.database.failing
        return render(registry, store_fails=failing, loop_lag=load.lag, providers=providers)

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(rendered(), media_type=CONTENT_TYPE)

    return app


def _sockets(
    settings: Settings, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]
) -> APIRouter:
    """The two sockets, for whoever knows the applet's credentials or has a token."""
    router = APIRouter(lifespan=lifespan)

    @router.websocket("/ws")
    async def take_call(websocket: WebSocket) -> None:
        if not _may_enter(websocket, settings):
            await _turn_away(websocket, "credentials missing or wrong")
            return
        await websocket.accept()
        await serve_call(websocket, websocket.app.state.board)

    @router.websocket("/ws/{token}")
    async def take_expected_call(websocket: WebSocket, token: str) -> None:
        ticket = await websocket.app.state.store.tokens.open(token)
        if ticket is None:
            await _turn_away(websocket, "its token is unknown, expired or used")
            return
        await websocket.accept()
        await serve_call(websocket, websocket.app.state.board, ticket)

    return router


async def _turn_away(websocket: WebSocket, why: str) -> None:
    peer = websocket.client.host if websocket.client else "unknown"
    warn("refused a socket from {}: {}", quoted(peer), why)
    websocket.app.state.registry.refusals["credentials"] += 1
    if secs := too_many_failures(websocket):
        answer = Response(status_code=429, headers={"Retry-After": str(secs)})
        await websocket.send_denial_response(answer)
    else:
        await websocket.close()  # before accept: the client gets HTTP 403


def _may_enter(websocket: WebSocket, settings: Settings) -> bool:
    if not settings.ws_username:
        return True
    return basic_auth_matches(
        websocket.headers.get("authorization"),
        settings.ws_username,
        settings.ws_password.get_secret_value(),
    )
