"""The acceptor of connections: a few at a time, and on when no file descriptor is left."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from socket import socket

from shared.observability.rate_limited_log import warn
from shared.server.connection_limit import ConnectionLimit
from shared.server.request_queue import yield_to_calls

AT_ONCE = 4
RETRY_SECS = 0.1


class Acceptor:
    """Accepts what comes to one listening socket.

    Asyncio's own way takes in thousands at once while the calls wait. Without a free descriptor it
    tries again, and logs that, some ten thousand times a second.

    Args:
        listening: The socket; it is closed when `run` ends.
        connect: Makes the protocol of one connection.
        connection_limit: Makes room for it.
    """

    def __init__(
        self,
        listening: socket,
        connect: Callable[[], asyncio.BaseProtocol],
        connection_limit: ConnectionLimit,
    ) -> None:
        self._listening = listening
        self._connect = connect
        self._connection_limit = connection_limit
        self._connecting: set[asyncio.Task[object]] = set()

    async def run(self) -> None:
        """Accept until cancelled."""
        loop = asyncio.get_running_loop()
        with self._listening:
            while True:
                try:
                    connection, _ = await loop.sock_accept(self._listening)
                except ConnectionAbortedError:
                    continue
                except OSError as error:
                    warn("no connection can be taken in now: {}", error.strerror)
                    self._connection_limit.cut_one()
                    await asyncio.sleep(RETRY_SECS)
                    continue
                began = loop.time()
                self._take(connection)
                with suppress(OSError):  # no more of them, or else the next round meets it again
                    for _ in range(AT_ONCE - 1):
                        self._take(self._listening.accept()[0])
                await yield_to_calls(self._connection_limit.calls, began)

    def _take(self, connection: socket) -> None:
        if not self._connection_limit.make_room():
            warn("a connection was turned away: there are too many without a call")
            connection.close()
            return
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        connecting = loop.create_task(loop.connect_accepted_socket(self._connect, connection))
        self._connecting.add(connecting)
        connecting.add_done_callback(self._done)

    def _done(self, connecting: asyncio.Task[object]) -> None:
        self._connecting.discard(connecting)
        if not connecting.cancelled():
            connecting.exception()  # whoever has gone again is no fault of ours
