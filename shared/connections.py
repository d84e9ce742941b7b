"""Uvicorn's websocket connections, which let go of a peer that has stopped reading."""

from shared.websocket_connection import WebSocketConnection

LINGER_SECS = 3.0  # for a peer to take what is left when its call is over, the close frame at last


class LettingGo(WebSocketConnection):
    """One websocket, whose connection never outlives its call by more than a few seconds.

    Uvicorn closes a connection once all is written. A peer that stops reading but stays there
    keeps it for good: the socket, what is left to write, and whoever waits to write more.
    """

    async def run_asgi(self) -> None:
        """Run the app, and cut the connection soon after it is done."""
        await super().run_asgi()
        self.loop.call_later(LINGER_SECS, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """Cut the connection of a peer that doesn't answer a ping; the app is told at once."""
        super().keepalive_timeout()
        self.transport.abort()
