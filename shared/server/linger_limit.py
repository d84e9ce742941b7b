"""Uvicorn's websocket connections, which don't linger once the peer or the call is gone."""

from shared.server.websocket_protocol import WebSocketProtocol

LINGER_SECS = 3.0  # for a peer to take what is left when its call is over, the close frame at last


class LingerLimitedProtocol(WebSocketProtocol):
    """One websocket, whose connection never outlives its call by more than a few seconds.

    Uvicorn closes a connection once all is written. A peer that stops reading but stays there
    keeps it for good: the socket, what is left to write, and whoever waits to write more. And it
    cuts a peer that answers no ping, however much it says meanwhile.
    """

    _heard_at = 0.0  # seconds, of the loop's clock

    def data_received(self, data: bytes) -> None:
        """Take what the peer sends, and note that it is there."""
        self._heard_at = self.loop.time()
        super().data_received(data)

    async def run_asgi(self) -> None:
        """Run the app, and cut the connection soon after it is done."""
        await super().run_asgi()
        self.loop.call_later(LINGER_SECS, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """Cut the connection of a peer that answers no ping, and tell the app at once.

        Sound is an answer as good as any: not every client knows pings. But a peer to which nothing
        can be written any more is deaf, however much it says.
        """
        if self._heard_at > self.ping_sent_at and self.writable.is_set():
            self.pong_timer = self.pending_ping_payload = None
            self.schedule_ping()
            return
        super().keepalive_timeout()
        self.transport.abort()
