"""The websockets that take calls, for whoever knows the applet's credentials or has a token."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from fastapi import APIRouter, FastAPI, Response, WebSocket

from shared.observability.rate_limited_log import warn
from shared.quoting import quoted
from shared.session.session import serve_call
from shared.settings.settings import Settings
from shared.web.auth import too_many_failures
from shared.web.credentials_match import basic_auth_matches


def sockets(
    settings: Settings, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]
) -> APIRouter:
    """`/ws`, and `/ws/{token}` for a call that is expected; open while `lifespan` lasts."""
    router = APIRouter(lifespan=lifespan)

    @router.websocket("/ws")
    async def take_call(websocket: WebSocket) -> None:
        if not _is_authorized(websocket, settings):
            await _reject(websocket, "credentials missing or wrong")
            return
        await websocket.accept()
        await serve_call(websocket, websocket.app.state.resources)

    @router.websocket("/ws/{token}")
    async def take_expected_call(websocket: WebSocket, token: str) -> None:
        ticket = await websocket.app.state.store.tokens.open(token)
        if ticket is None:
            await _reject(websocket, "its token is unknown, expired or used")
            return
        await websocket.accept()
        await serve_call(websocket, websocket.app.state.resources, ticket)

    return router


async def _reject(websocket: WebSocket, why: str) -> None:
    peer = websocket.client.host if websocket.client else "unknown"
    warn("refused a socket from {}: {}", quoted(peer), why)
    websocket.app.state.capacity.metrics.refusals["credentials"] += 1
    if secs := too_many_failures(websocket):
        answer = Response(status_code=429, headers={"Retry-After": str(secs)})
        await websocket.send_denial_response(answer)
    else:
        await websocket.close()  # before accept: the client gets HTTP 403


def _is_authorized(websocket: WebSocket, settings: Settings) -> bool:
    if not settings.ws_username:
        return True
    return basic_auth_matches(
        websocket.headers.get("authorization"),
        settings.ws_username,
        settings.ws_password.get_secret_value(),
    )
