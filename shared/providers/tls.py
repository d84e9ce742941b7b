"""One TLS context for all connections to vendors, and one connection for each of their services.

Their SDKs read the certificates anew for every connection, some of them on the event loop: 25 ms in
which no other call's audio moves, and a megabyte each.
"""

import asyncio
import ssl
from functools import cache
from typing import Any

from pipecat.services.websocket_service import WebsocketService
from websockets.asyncio.client import ClientConnection


@cache
def tls() -> ssl.SSLContext:
    """The context that all share."""
    return ssl.create_default_context()


def tls_for(url: str) -> ssl.SSLContext | None:
    """The context, if the URL asks for one."""
    return tls() if url.startswith("wss:") else None


class SharesTls(WebsocketService):
    """Mixin for Pipecat's websocket services, put before the service's class.

    A connection that breaks off is made again by whoever notices first, the one who listens to it
    or the one who has something to say; when both do, the first of two sockets would stay open,
    and nobody would read it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._connecting_lock = asyncio.Lock()

    async def _connect_websocket(self) -> None:
        """Connect, unless somebody else has by now; the services look for that themselves."""
        async with self._connecting_lock:
            await super()._connect_websocket()  # type: ignore[no-untyped-call, safe-super]

    async def _websocket_connect(self, uri: str, **kwargs: Any) -> ClientConnection:
        options = {"ssl": tls_for(uri), "compression": None, **kwargs}  # sound hardly gets smaller
        socket: ClientConnection = await super()._websocket_connect(uri, **options)
        return socket
