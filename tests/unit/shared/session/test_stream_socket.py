"""Closing of a WebSocket whose peer may be gone already."""

import asyncio
import gc

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from shared.session import close_codes, stream_socket


def websocket(fails: Exception | None) -> WebSocket:
    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        if message["type"] == "websocket.close" and fails:
            raise fails

    return WebSocket({"type": "websocket", "headers": []}, receive, send)


@pytest.mark.parametrize(
    "fails", [None, OSError("gone"), RuntimeError("closed"), WebSocketDisconnect()]
)
async def test_a_peer_that_goes_while_its_websocket_closes_is_no_error(
    fails: Exception | None, log: list[str]
) -> None:
    socket = websocket(fails)
    await socket.accept()
    await stream_socket.close(socket, close_codes.NORMAL_CLOSURE)
    await asyncio.sleep(0)
    gc.collect()  # when asyncio tells of what nobody has looked at
    assert log == []
