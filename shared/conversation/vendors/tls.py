"""One TLS context for all connections to vendors.

Their SDKs read the certificates anew for every connection, some of them on the event loop: 25 ms in
which no other call's audio moves, and a megabyte each.
"""

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
    """Mixin for Pipecat's websocket services, put before the service's class."""

    async def _websocket_connect(self, uri: str, **kwargs: Any) -> ClientConnection:
        socket: ClientConnection = await super()._websocket_connect(uri, ssl=tls_for(uri), **kwargs)
        return socket
