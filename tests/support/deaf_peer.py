"""A peer that says what Exotel says, and has stopped reading."""

import asyncio
import base64
import json
import socket
from asyncio import BaseTransport
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

SMALL = 4096  # bytes; about one message of the bot's
SILENCE = base64.b64encode(bytes(1600)).decode()


def shrink_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the megabytes that a machine takes over before a write has to wait."""
    connection_made = WebSocketsSansIOProtocol.connection_made

    def shrunk(self: WebSocketsSansIOProtocol, transport: BaseTransport) -> None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
        connection_made(self, transport)
        self.transport.set_write_buffer_limits(high=SMALL)

    monkeypatch.setattr(WebSocketsSansIOProtocol, "connection_made", shrunk)


@asynccontextmanager
async def deaf_call(address: str, call_sid: str) -> AsyncIterator[asyncio.Task[None]]:
    """Open a call's socket and keep talking, without ever reading; hung up at the end.

    Yields:
        What talks; it is done when the other side has cut the connection.
    """
    loop = asyncio.get_running_loop()
    with socket.socket() as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        peer.setblocking(False)
        host, _, port = address.rpartition(":")
        await loop.sock_connect(peer, (host, int(port)))
        await loop.sock_sendall(
            peer,
            f"GET /ws HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode(),
        )
        assert b" 101 " in await loop.sock_recv(peer, 512)
        talking = asyncio.create_task(_talk(peer, call_sid), name="deaf peer")
        try:
            yield talking
        finally:
            talking.cancel()
            await asyncio.wait({talking})


async def _talk(peer: socket.socket, call_sid: str) -> None:
    loop = asyncio.get_running_loop()
    start = {"stream_sid": "s1", "call_sid": call_sid}
    message: dict[str, object] = {"event": "start", "start": start}
    with suppress(ConnectionError):
        while True:
            frame = Frame(Opcode.TEXT, json.dumps(message).encode())
            await loop.sock_sendall(peer, frame.serialize(mask=True))
            message = {"event": "media", "media": {"payload": SILENCE}}
            await asyncio.sleep(0.1)
