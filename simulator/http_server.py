"""Small HTTP servers on a port of this machine, inside the event loop of whoever needs them."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


def listen_at(host: str, port: int) -> socket.socket:
    """Open a port; port 0 takes any that is free.

    Raises:
        OSError: If it is taken.
    """
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


@asynccontextmanager
async def serving(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Serve an app while the context lasts.

    The server is started and shut down by hand: `Server.serve` would take over the signals of
    the program, and wait in steps of 0.1 s.
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
    server = _Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield
    finally:
        await server.shutdown(sockets=[listener])


async def cut_off(request: Request) -> None:
    """Cut the connection a request came on; whatever is answered to it goes nowhere."""
    connection = _connections.get(_ends(request.scope["client"], request.scope["server"]))
    if connection:
        connection.transport.abort()
    await asyncio.sleep(0)  # for the connection to be noticed as lost


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether a log line is none of the broken-off answers that are our business."""
    return not record.getMessage().startswith("ASGI callable returned without")


log = logging.getLogger(__name__)
log.setLevel(logging.WARNING)
log.addFilter(_is_news)


class _Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close at once if nobody is connected; uvicorn waits 0.1 s, which adds up in tests."""
        await asyncio.sleep(0.005)  # for clients that have just left to be noticed
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
            await server.wait_closed()


class _Http(H11Protocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = log

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        _connections[_ends(self.client, self.server)] = self


class _WebSocket(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = log


_connections: WeakValueDictionary[tuple[object, ...], _Http] = WeakValueDictionary()


def _ends(
    client: tuple[str, int] | None, server: tuple[str, int | None] | None
) -> tuple[object, ...]:
    return *(client or ()), *(server or ())
