"""Exotel's websocket before and after its call: its first messages, and its close."""

import asyncio
from contextlib import suppress

from fastapi import WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from shared.runtime.capacity import Capacity
from shared.telephony.stream import handshake
from shared.telephony.stream.messages import Start
from shared.telephony.stream.transport import GONE

CLOSE_SECS = 1.0  # for the close handshake


async def receive(websocket: WebSocket) -> str | bytes:
    """The next message.

    Raises:
        WebSocketDisconnect: If there won't be one.
    """
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    return message.get("text") or message.get("bytes") or b""


async def read_start(websocket: WebSocket, capacity: Capacity) -> Start:
    """The message that says which call it is.

    Raises:
        CallRefused: If too many others are about to say that.
        ProtocolError: If something else comes, or nothing in time.
        WebSocketDisconnect: If the peer goes.
    """
    try:
        async with asyncio.timeout(None) as patience:
            with capacity.handshake(lambda: patience.reschedule(0)):
                return await handshake.read_start(lambda: receive(websocket))
    except TimeoutError:
        capacity.refuse("busy")


async def close(websocket: WebSocket, code: int, reason: str = "") -> None:
    """Close it, if it isn't; a peer that doesn't answer isn't waited for, and may be gone."""
    if WebSocketState.DISCONNECTED in (websocket.client_state, websocket.application_state):
        return
    closing = asyncio.create_task(_close(websocket, code, reason[:120]), name="close socket")
    await asyncio.wait({closing}, timeout=CLOSE_SECS)


async def _close(websocket: WebSocket, code: int, reason: str) -> None:
    with suppress(*GONE):
        await websocket.close(code, reason)
