"""Authentication over HTTP: Exotel's applets by their URL, operators by the API key."""

import re
from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from fastapi import HTTPException, Request
from starlette.requests import HTTPConnection

from shared.observability.rate_limited_log import warn
from shared.quoting import quoted
from shared.records.token_signature import key_of
from shared.runtime.capacity import Capacity
from shared.server.connection_limit import network
from shared.settings.settings import Settings
from shared.web.credentials_match import basic_auth_matches, bearer_matches, secret_matches
from shared.web.failed_attempts import FailedAttempts

AUTHORIZATION = re.compile(rb"\r\nauthorization:[ \t]*([^\r\n]*)", re.IGNORECASE)
UPGRADE = re.compile(rb"\r\nupgrade:[ \t]*websocket", re.IGNORECASE)
KEY = re.compile(rb"[?&]key=([^& \r\n]*)")


def token_key(settings: Settings) -> bytes:
    """The key that signs tokens: the same in all processes that have the same secrets."""
    return key_of(
        settings.start_api_key.get_secret_value(), settings.ws_password.get_secret_value()
    )


Check = Callable[[Request], Awaitable[None]]


def may_enter(settings: Settings) -> Callable[[bytes], bool]:
    """A check whether the first bytes of a request show the right credentials.

    It decides who is heard first when many ask at once, and costs a hundredth of an answer.
    """
    username, password = settings.ws_username, settings.ws_password.get_secret_value()
    api_key = settings.start_api_key.get_secret_value()

    def check(head: bytes) -> bool:
        if found := AUTHORIZATION.search(head):
            given = found[1].decode("latin-1")
            return basic_auth_matches(given, username, password) or bearer_matches(given, api_key)
        if found := KEY.search(head.partition(b"\r\n")[0]):
            return secret_matches(unquote(found[1].decode("latin-1")), password)
        return not username and UPGRADE.search(head) is not None

    return check


def applets_only(settings: Settings, capacity: Capacity) -> Check:
    """A dependency of routes for Exotel: HTTP 401 for whoever hasn't what the applet's URL holds.

    As HTTP Basic, which Exotel makes of `https://username:password@host/…` for websockets at least,
    or else as `?key=` with the password.
    """

    async def check(request: Request) -> None:
        if not settings.ws_username or _is_exotel(request, settings):
            return
        capacity.metrics.refusals["credentials"] += 1
        warn("refused {}: credentials missing or wrong", quoted(request.url.path))
        raise _refusal(request, "wrong credentials", "Basic")

    return check


def operators_only(settings: Settings, capacity: Capacity) -> Check:
    """A dependency of routes for operators: HTTP 401 without the API key, which isn't empty."""

    async def check(request: Request) -> None:
        key = settings.start_api_key.get_secret_value()
        given = request.headers.get("authorization")
        if bearer_matches(given, key):
            return
        capacity.metrics.refusals["api key"] += 1
        warn("refused {}: API key missing or wrong", quoted(request.url.path))
        why = "wrong API key" if given else "no API key: send Authorization: Bearer …"
        raise _refusal(request, why, "Bearer")

    return check


def too_many_failures(connection: HTTPConnection) -> int:
    """Count another wrong credential; for how many seconds there have been too many, or 0."""
    peer = connection.client.host if connection.client else ""
    attempts: FailedAttempts = connection.app.state.attempts
    return attempts.add(network(peer))


def _refusal(request: Request, why: str, scheme: str) -> HTTPException:
    if secs := too_many_failures(request):
        headers = {"Retry-After": str(secs), "Connection": "close"}
        return HTTPException(429, f"{why}, as often before from your address", headers)
    return HTTPException(401, why, {"WWW-Authenticate": scheme})


def _is_exotel(request: Request, settings: Settings) -> bool:
    password = settings.ws_password.get_secret_value()
    header = request.headers.get("authorization")
    if header:
        return basic_auth_matches(header, settings.ws_username, password)
    return secret_matches(request.query_params.get("key"), password)
