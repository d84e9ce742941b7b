"""Uvicorn's websockets, read in small pieces, with a limit of bytes and frames per second."""

from asyncio import BaseTransport, Event, Handle
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from shared.observability.rate_limited_log import warn
from shared.server.connection_limit import ConnectionLimit, network

PIECE = 4096  # bytes; a machine hands over 64 times as many, and reading them takes half a second

# A frame counts as its bytes and 1,000 more, as even the smallest one has its price. So a call has
# 80,000 a second at 8 kHz, and never more than 180,000. After a stall there is a burst of all that
# had to wait: this allows for 25 s of the former, and after ten silent ones a call is over anyway.
PER_FRAME = 1_000
RATE = 300_000  # a second
BURST = 2_000_000

POLICY_VIOLATION = 1008


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """One websocket that can't take more of the process than a call needs.

    A peer that sends many times what a call can say is cut off; the app finds `flooded` in the
    socket's state.

    Attributes:
        answered: Set once the app has let it in, or refused it.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: Any = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.address = "unknown"
        self.answered = Event()
        self._connection_limit = server_state if isinstance(server_state, ConnectionLimit) else None
        self._unread = b""
        self._reading: Handle | None = None
        self._flooded = False
        self._left = float(BURST)
        self._counted_at = self.loop.time()

    def connection_made(self, transport: BaseTransport) -> None:
        """Note where it comes from."""
        super().connection_made(transport)
        self.address = network(self.client[0] if self.client else "")

    def data_received(self, data: bytes) -> None:
        """Take what the peer sends."""
        self._unread += data
        if self._reading is None:
            self._read()

    def handle_events(self) -> None:
        """Hand on the frames that have come, if there aren't too many."""
        self._spend(PER_FRAME * len(self.conn.events))
        if self._left >= 0:
            super().handle_events()
        elif self.close_sent:
            self.abort()
        else:
            self._cut_off()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._unread = b""
        self.answered.set()
        if self._connection_limit:
            self._connection_limit.mark_busy(self)
        super().connection_lost(exc)

    async def run_asgi(self) -> None:
        """Run the app; after it the connection is there for the close handshake only."""
        await super().run_asgi()
        if self._connection_limit and self in self.connections:
            self._connection_limit.mark_idle(self)

    async def receive(self) -> Any:
        """The next message for the app, after which there may be room to read more."""
        message = await super().receive()
        self._go_on()
        return message

    async def send(self, message: Any) -> None:
        """Send a message of the app's; after a close the rest is read until the peer's."""
        if self._flooded:
            return  # nobody is there any more, and the app is about to hear of it
        await super().send(message)
        self.handshake_complete |= self.close_sent  # uvicorn forgets it after a refusal in words
        self.answered.set()
        self._go_on()

    def abort(self) -> None:
        """Cut the connection."""
        self.transport.abort()

    def _go_on(self) -> None:
        if self._unread and not self.read_paused and self._reading is None:
            self.transport.pause_reading()
            self._reading = self.loop.call_soon(self._read)

    def _read(self) -> None:
        """Read one piece, and the next one when everybody else has had their turn."""
        self._reading = None
        if not self._unread or self.read_paused or self.transport.is_closing():
            return
        piece, self._unread = self._unread[:PIECE], self._unread[PIECE:]
        self._spend(len(piece))
        super().data_received(piece)
        if self._unread:
            self._go_on()
        elif not self.read_paused:
            self.transport.resume_reading()

    def _spend(self, cost: int) -> None:
        now = self.loop.time()
        self._left = min(BURST, self._left + (now - self._counted_at) * RATE) - cost
        self._counted_at = now

    def _cut_off(self) -> None:
        """End it, as nobody can want to hear what is still to come."""
        warn("a socket of {} was cut off: nobody says so much in a call", self.address)
        while not self.queue.empty():
            self.queue.get_nowait()
        self._flooded = self.scope["state"]["flooded"] = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": POLICY_VIOLATION})
        self.conn.fail(POLICY_VIOLATION, "flooded")
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()
