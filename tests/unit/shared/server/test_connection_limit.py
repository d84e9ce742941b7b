"""The limit of open connections: which one is closed for a new one, also behind a proxy."""

from typing import cast

import pytest

from shared.server.connection_limit import ConnectionLimit, network
from tests.support.virtual_time import in_virtual_time


class Peer:
    """A connection that is one of the server's until it is cut."""

    def __init__(self, doors: ConnectionLimit, address: str) -> None:
        self.address = address
        self._connections = cast("set[Peer]", doors.connections)
        self._connections.add(self)
        doors.mark_idle(self)

    @property
    def cut(self) -> bool:
        return self not in self._connections

    def abort(self) -> None:
        self._connections.remove(self)


def open_doors(most: int, calls: int = 0, proxies: str = "") -> ConnectionLimit:
    return ConnectionLimit(range(calls), most, lambda head: False, proxies)


@in_virtual_time
async def test_a_new_connection_at_capacity_closes_the_longest_silent_one() -> None:
    doors = open_doors(3)
    peers = []
    for _ in range(5):
        assert doors.make_room()
        peers.append(Peer(doors, "a"))
    assert [peer.cut for peer in peers] == [True, True, False, False, False]


@in_virtual_time
async def test_the_client_with_most_connections_loses_one() -> None:
    doors = open_doors(5)
    one = Peer(doors, "one")
    crowd = [Peer(doors, "crowd") for _ in range(4)]
    for _ in range(3):
        assert doors.make_room()
        Peer(doors, "another")
    assert not one.cut
    assert [peer.cut for peer in crowd] == [True, True, True, False]


@in_virtual_time
async def test_a_connection_being_answered_is_never_closed() -> None:
    doors = open_doors(2)
    busy = [Peer(doors, "a") for _ in range(2)]
    for peer in busy:
        doors.mark_busy(peer)
        doors.mark_busy(peer)
    assert not doors.make_room()
    assert not any(peer.cut for peer in busy)
    doors.mark_idle(busy[1])
    assert doors.make_room()
    assert [peer.cut for peer in busy] == [False, True]


@in_virtual_time
async def test_connections_of_calls_take_no_capacity() -> None:
    doors = open_doors(1, calls=1)
    call = Peer(doors, "a")
    doors.mark_busy(call)
    assert doors.make_room()
    Peer(doors, "b")
    assert doors.make_room()
    assert not call.cut


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", "unknown"),
        ("call deadbeef ended: caller hung up", "unknown"),
        ("203.0.113.9:80", "unknown"),
        ("a" * 100_000, "unknown"),
    ],
)
def test_connections_are_counted_by_address_or_network(address: str, one: str) -> None:
    assert network(address) == one


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("X-Forwarded-For: 203.0.113.9", "203.0.113.9"),
        ("x-forwarded-for:203.0.113.9:4711", "203.0.113.9"),
        ("X-FORWARDED-FOR: [2001:db8::1]:4711", "2001:db8::/64"),
        ("X-Forwarded-For: 198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        ("X-Forwarded-For:", "10.0.0.1"),
        ("X-Forwarded-For: call deadbeef ended: caller hung up", "unknown"),
        ("X-Real-IP: 203.0.113.9", "10.0.0.1"),
        ("X-Note: X-Forwarded-For: 203.0.113.9", "10.0.0.1"),
    ],
)
def test_a_trusted_proxy_tells_the_client_of_a_connection(header: str, client: str) -> None:
    head = f"GET / HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n".encode()
    assert open_doors(1, proxies="10.0.0.0/8, ::1").client("10.0.0.1", head) == client
    for others in ("", "127.0.0.1"):
        assert open_doors(1, proxies=others).client("10.0.0.1", head) == "10.0.0.1"
