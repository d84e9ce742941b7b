"""Paths without a route: those that are only spelt oddly are served, the others are logged."""

import time
from collections import Counter
from difflib import get_close_matches
from urllib.parse import urlsplit

from fastapi import FastAPI
from loguru import logger
from starlette.types import Receive, Scope, Send

from shared.settings.settings import Settings

WINDOW_SECS = 600.0  # in which a path is told once, and no more than so many of a kind
MAX_TOLD = 20
MAX_LOOKED_AT = 200  # of a kind: to find out what a path was meant for costs more than to refuse it

# What a path is made of when it was meant for us; anything else in one may be a name or a token.
PARTS = (
    *("ws", "wss", "socket", "websocket", "stream", "media", "twilio", "plivo", "bot", "api"),
    *("exotel", "voicebot", "passthru", "connect", "status", "callback", "webhook"),
    *("start", "calls", "inbound", "outbound", "health", "healthz", "readyz", "metrics", "docs"),
)

HELP = {
    "socket": "the Voicebot applet's URL ends in /ws",
    "Exotel": "there are /exotel/voicebot, /exotel/passthru and /exotel/connect; sockets are wss://",
    "stranger": "it isn't Exotel's",
}


def find_lost_paths(app: FastAPI, settings: Settings) -> None:
    """Serve a path that no route has as `/ws` what came as `//ws/`, and name it if that is none.

    Nobody is redirected: Exotel may not follow, and behind a proxy we would name a wrong place.
    When the bot is hosted below a path, by PUBLIC_URL, the proxy may hand that path on or not.
    """
    below, nowhere, told = urlsplit(settings.public_url).path, app.router.default, Told()

    async def find(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        plain = _plain(path, below)
        if plain != path:
            await app.router({**scope, "path": plain}, receive, send)
            return
        told.tell(scope)
        await nowhere(scope, receive, send)

    app.router.default = find
    app.router.redirect_slashes = False


def _plain(path: str, below: str) -> str:
    plain = "/" + "/".join(part for part in path.strip().split("/") if part)
    return plain.removeprefix(below) if plain.startswith(f"{below}/") else plain


class Told:
    """The wrong paths that have been logged lately; whoever tries them all fills no log."""

    def __init__(self) -> None:
        self._until = 0.0
        self._paths: dict[str, set[str]] = {}
        self._looked_at = Counter[str]()

    def tell(self, scope: Scope) -> None:
        """Log a wrong path, unless it has been or there are too many."""
        if time.monotonic() > self._until:
            self._until, self._paths = (
                time.monotonic() + WINDOW_SECS,
                {kind: set() for kind in HELP},
            )
            self._looked_at.clear()
        kind = "stranger"
        if scope["type"] == "websocket":
            kind = "socket"
        elif b"callsid" in scope["query_string"].lower():
            kind = "Exotel"
        paths = self._paths[kind]
        if len(paths) == MAX_TOLD or self._looked_at[kind] == MAX_LOOKED_AT:
            return
        self._looked_at[kind] += 1
        path = _told(scope["path"])
        if path in paths:
            return
        paths.add(path)
        method = scope.get("method", "a socket")
        logger.warning(
            "nothing is at {!r} ({} from {}): {}", path, method, _peer(scope), HELP[kind]
        )


def _told(path: str) -> str:
    """The path, with "…" for each part of it that is nothing like one of ours."""
    parts = (part if _is_known(part) else "…" for part in path[:100].split("/"))
    return "/".join(parts)


def _is_known(part: str) -> bool:
    return not part or bool(get_close_matches(part.lower().partition(".")[0], PARTS, n=1))


def _peer(scope: Scope) -> str:
    return scope["client"][0] if scope["client"] else "unknown"
