"""Paths that lead nowhere: those that are only spelt oddly lead on, the others are logged."""

import re
import time
from urllib.parse import urlsplit

from fastapi import FastAPI
from loguru import logger
from starlette.types import Receive, Scope, Send

from shared.settings import Settings

WINDOW_SECS = 600.0  # in which a path is told once, and no more than so many of a kind
MAX_TOLD = 20
SECRET = re.compile(r"[^/]{25,}")  # a segment as long as our tokens

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
    """Which wrong paths have been logged lately; whoever tries them all fills no log."""

    def __init__(self) -> None:
        self._until = 0.0
        self._paths: dict[str, set[str]] = {}

    def tell(self, scope: Scope) -> None:
        """Log a wrong path, unless it has been or there are too many."""
        if time.monotonic() > self._until:
            self._until, self._paths = (
                time.monotonic() + WINDOW_SECS,
                {kind: set() for kind in HELP},
            )
        kind = "stranger"
        if scope["type"] == "websocket":
            kind = "socket"
        elif b"callsid" in scope["query_string"].lower():
            kind = "Exotel"
        path, paths = SECRET.sub("...", scope["path"])[:100], self._paths[kind]
        if path in paths or len(paths) == MAX_TOLD:
            return
        paths.add(path)
        method = scope.get("method", "a socket")
        logger.warning(
            "nothing is at {!r} ({} from {}): {}", path, method, _peer(scope), HELP[kind]
        )


def _peer(scope: Scope) -> str:
    return scope["client"][0] if scope["client"] else "unknown"
