"""Accepting connections while file descriptors are free, and while they aren't."""

import asyncio
import errno
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from shared.server import acceptor
from shared.server.acceptor import Acceptor
from shared.server.connection_limit import ConnectionLimit
from tests.support.bots import eventually


class Greeter(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"hello")
        transport.close()


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        server.setblocking(False)
        yield server


async def greeted(server: socket.socket) -> bool:
    reader, writer = await asyncio.open_connection(*server.getsockname())
    said = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return said == b"hello"


def doors(most: int = 100) -> ConnectionLimit:
    return ConnectionLimit([], most, lambda head: False)


async def test_every_connection_is_accepted_until_shutdown_closes_the_socket(
    listening: socket.socket,
) -> None:
    running = asyncio.create_task(Acceptor(listening, Greeter, doors()).run())
    assert all(await asyncio.gather(*(greeted(listening) for _ in range(50))))
    running.cancel()
    await asyncio.wait({running})
    assert listening.fileno() == -1


async def test_accepting_without_file_descriptors_does_not_flood_the_log(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    loop = asyncio.get_running_loop()
    accept, tried, free = loop.sock_accept, 0, False

    async def sock_accept(server: socket.socket) -> Any:
        nonlocal tried
        tried += 1
        if not free:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return await accept(server)

    monkeypatch.setattr(loop, "sock_accept", sock_accept)
    monkeypatch.setattr(acceptor, "RETRY_SECS", 0.05)
    running = asyncio.create_task(Acceptor(listening, Greeter, doors()).run())
    waiting = asyncio.create_task(greeted(listening))
    await asyncio.sleep(0.5)
    assert 1 < tried <= 11
    assert 0 < len([line for line in log if "Too many open files" in line]) <= 10
    free = True
    assert await waiting
    running.cancel()
    await asyncio.wait({running})


async def test_a_connection_aborted_before_accept_stops_nothing(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    loop = asyncio.get_running_loop()
    accept = loop.sock_accept
    failing = iter([ConnectionAbortedError(errno.ECONNABORTED, "gone")] * 3)

    async def sock_accept(server: socket.socket) -> Any:
        for error in failing:
            raise error
        return await accept(server)

    monkeypatch.setattr(loop, "sock_accept", sock_accept)
    running = asyncio.create_task(Acceptor(listening, Greeter, doors()).run())
    assert await greeted(listening)
    assert log == []
    running.cancel()
    await asyncio.wait({running})


async def test_a_connection_beyond_capacity_is_turned_away(
    listening: socket.socket, log: list[str]
) -> None:
    full = doors(0)
    running = asyncio.create_task(Acceptor(listening, Greeter, full).run())
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()
    await eventually(lambda: any("a connection was turned away" in line for line in log))
    running.cancel()
    await asyncio.wait({running})
