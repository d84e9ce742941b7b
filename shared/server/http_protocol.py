"""Uvicorn's HTTP connections, queued, and with a timeout for each part of a request."""

from asyncio import Event, TimerHandle, Transport
from enum import Enum, auto
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from shared.server.connection_limit import ConnectionLimit, network
from shared.server.websocket_protocol import WebSocketProtocol


class Awaits(Enum):
    """The part of an exchange that a connection waits for."""

    HEAD = auto()  # the peer's: a whole request line and its headers
    BODY = auto()  # the peer's: what the headers have announced
    ANSWER = auto()  # ours


# In seconds, from the first moment to the last byte. Between two requests uvicorn waits for 5 s.
TIMEOUTS = {Awaits.HEAD: 10.0, Awaits.BODY: 10.0}


class HttpProtocol(H11Protocol):
    """One HTTP connection, until it ends or becomes a websocket.

    What has come is read when it's this connection's turn. A head or a body that isn't there in
    time ends the connection, however often another byte of it comes, and so does a peer that
    doesn't take its answer.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: Any = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        assert isinstance(server_state, ConnectionLimit)
        self.address = ""
        self.preferred = False
        self._connection_limit = server_state
        self._awaits = Awaits.ANSWER
        self._begun = False
        self._answered = Event()
        self._deadline: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # uvicorn's
        """Expect a request."""
        super().connection_made(transport)
        self.address = network(self.client[0] if self.client else "")
        self._await(Awaits.HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Keep what has come until it's our turn."""
        if self._awaits is Awaits.HEAD and not self._begun:
            self._begin(data)
        super().data_received(data)

    def handle_events(self) -> None:
        """Wait for our turn, if there is anything to read."""
        if self.conn.trailing_data[0]:
            self.transport.pause_reading()
            self._connection_limit.queue.join(self)

    def take_turn(self) -> None:
        """Read what has come."""
        if self.transport.is_closing():
            return
        super().handle_events()
        if self.transport.get_protocol() is not self:
            self._forget()  # it's a websocket now
        elif self.cycle is None or self.cycle.response_complete:
            self._await(Awaits.HEAD)
        else:
            self._await(Awaits.BODY if self.cycle.more_body else Awaits.ANSWER)
        if not self.flow.read_paused:
            self.transport.resume_reading()

    def on_response_complete(self) -> None:
        """Expect the next request."""
        self._await(Awaits.HEAD)
        super().on_response_complete()

    async def answered(self) -> None:
        """Wait until what has been read is answered."""
        protocol = self.transport.get_protocol()
        if isinstance(protocol, WebSocketProtocol):
            await protocol.answered.wait()
        elif self._awaits is Awaits.ANSWER and not self.transport.is_closing():
            await self._answered.wait()

    def abort(self) -> None:
        """Cut the connection."""
        self.transport.abort()

    def _begin(self, head: bytes) -> None:
        """Take the place in the queue that the first bytes of a request ask for."""
        self._begun = True
        self._connection_limit.mark_busy(self)
        self._connection_limit.queue.leave(self)
        self.address = self._connection_limit.client(self.client[0] if self.client else "", head)
        self.preferred = self._connection_limit.may_enter(head)
        if not self.preferred:
            self._connection_limit.mark_idle(self)

    def _await(self, what: Awaits) -> None:
        if what is self._awaits:
            return
        self._stop_waiting()
        self._awaits = what
        if what is Awaits.ANSWER:
            self._answered.clear()
        if what in TIMEOUTS:
            self._deadline = self.loop.call_later(TIMEOUTS[what], self.abort)
        if what is Awaits.HEAD:
            self._begun = False
            self._connection_limit.mark_idle(self)

    def _stop_waiting(self) -> None:
        self._answered.set()
        if self._deadline:
            self._deadline.cancel()
        self._connection_limit.mark_busy(self)

    def _forget(self) -> None:
        self._awaits = Awaits.ANSWER
        self._stop_waiting()
        self._connection_limit.queue.leave(self)
