"""Who may ask over HTTP: Exotel's applets by what their URLs hold, operators by the API key."""

from collections.abc import Awaitable, Callable

from fastapi import HTTPException, Request
from loguru import logger

from shared.calls.registry import CallRegistry
from shared.calls.signing import key_of
from shared.security import basic_auth_matches, bearer_matches, secret_matches
from shared.settings import Settings


def token_key(settings: Settings) -> bytes:
    """What signs tokens: the same in all processes that have the same secrets."""
    return key_of(
        settings.start_api_key.get_secret_value(), settings.ws_password.get_secret_value()
    )


Check = Callable[[Request], Awaitable[None]]


def applets_only(settings: Settings, registry: CallRegistry) -> Check:
    """A dependency of routes for Exotel: HTTP 401 for whoever hasn't what the applet's URL holds.

    As HTTP Basic, which Exotel makes of `https://username:password@host/…` for websockets at least,
    or else as `?key=` with the password.
    """

    async def check(request: Request) -> None:
        if not settings.ws_username or _is_exotel(request, settings):
            return
        logger.warning("refused {}: credentials missing or wrong", request.url.path)
        registry.refusals["credentials"] += 1
        raise HTTPException(401, "wrong credentials", {"WWW-Authenticate": "Basic"})

    return check


def operators_only(settings: Settings, registry: CallRegistry) -> Check:
    """A dependency of routes for operators: HTTP 401 without the API key, which isn't empty."""

    async def check(request: Request) -> None:
        key = settings.start_api_key.get_secret_value()
        given = request.headers.get("authorization")
        if bearer_matches(given, key):
            return
        registry.refusals["api key"] += 1
        logger.warning("refused {}: API key missing or wrong", request.url.path)
        why = "wrong API key" if given else "no API key: send Authorization: Bearer …"
        raise HTTPException(401, why, {"WWW-Authenticate": "Bearer"})

    return check


def _is_exotel(request: Request, settings: Settings) -> bool:
    password = settings.ws_password.get_secret_value()
    header = request.headers.get("authorization")
    if header:
        return basic_auth_matches(header, settings.ws_username, password)
    return secret_matches(request.query_params.get("key"), password)
