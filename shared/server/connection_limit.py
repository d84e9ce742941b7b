"""The limit of connections without a call, and which one is cut when there are too many."""

import ipaddress
import re
from collections.abc import Callable, Sized
from typing import Protocol

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.server import ServerState

from shared.observability.rate_limited_log import warn
from shared.server.request_queue import RequestQueue

FORWARDED = re.compile(rb"\r\nx-forwarded-for:[ \t]*([^\r\n]*)", re.IGNORECASE)


class IdleConnection(Protocol):
    """A connection on which no request is being answered."""

    address: str

    def abort(self) -> None:
        """Cut the connection."""


class ConnectionLimit(ServerState):
    """Uvicorn's state of one server, with a limit of connections.

    There may be `most` connections without a call. One more comes in all the same, and of the
    address with most connections on which nothing is being answered the oldest is cut instead. So
    whoever asks as soon as they are connected is always heard, a proxy may have all the connections
    it likes, and one client's silence costs nobody else a place.

    Args:
        calls: Those that are on.
        most: How many connections there may be without a call.
        may_enter: Tells whether the head of a request shows the right credentials.
        proxies: Whose word is taken for who asks: addresses and networks, as uvicorn takes them.
    """

    def __init__(
        self,
        calls: Sized,
        most: int,
        may_enter: Callable[[bytes], bool],
        proxies: list[str] | str = "",
    ) -> None:
        super().__init__()
        self.calls = calls
        self.may_enter = may_enter
        self.queue = RequestQueue(calls)
        self._most = most
        self._trusted = ProxyHeadersMiddleware(_nothing, proxies).trusted_hosts
        self._idle: dict[str, dict[IdleConnection, None]] = {}

    def client(self, peer: str, head: bytes) -> str:
        """The client behind a request: the peer, or the one that a trusted proxy names in it."""
        given = FORWARDED.findall(head)
        if not given or peer not in self._trusted:
            return network(peer)
        hosts = b", ".join(given).decode("latin-1")
        return network(self._trusted.get_trusted_client_address(hosts)[0] or peer)

    def mark_idle(self, connection: IdleConnection) -> None:
        """Note that no request is being answered on this connection."""
        self._idle.setdefault(connection.address, {})[connection] = None

    def mark_busy(self, connection: IdleConnection) -> None:
        """Note that a request on it is being answered, or that it is over."""
        if those := self._idle.get(connection.address):
            those.pop(connection, None)
            if not those:
                del self._idle[connection.address]

    def make_room(self) -> bool:
        """Let one more connection in, at another's cost if need be; false if that can't be."""
        if len(self.connections) - len(self.calls) < self._most:
            return True
        return self.cut_one()

    def cut_one(self) -> bool:
        """Cut the connection that has the least right to stay; false if there is none."""
        if not self._idle:
            return False
        address, those = max(self._idle.items(), key=lambda each: len(each[1]))
        oldest = next(iter(those))
        self.mark_busy(oldest)
        oldest.abort()
        warn("a connection of {} that asked nothing made room for another one", address)
        return True


async def _nothing(*_: object) -> None:
    """An app that is never asked; uvicorn shows whom it trusts around an app only."""


def network(address: str) -> str:
    """The address, or of an IPv6 address the /64, which is one customer's."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
