"""A provider whose connection broke is reconnected once, however many notice it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pipecat.services.websocket_service import WebsocketService
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from simulator.http_server import listen_at, serving
from tests.support.bots import eventually
from tests.support.vendors import build, environment, on_the_line

HANDSHAKE_SECS = 0.15  # as a provider on another continent takes

SERVICES = {
    ("TTS", "cartesia"): ("CARTESIA_URL", "ws://{}/tts/websocket"),
    ("TTS", "sarvam"): ("SARVAM_URL", "ws://{}"),
    ("TTS", "elevenlabs"): ("ELEVENLABS_URL", "ws://{}"),
    ("TTS", "deepgram"): ("DEEPGRAM_BASE_URL", "ws://{}"),
    ("STT", "soniox"): ("SONIOX_URL", "ws://{}"),
}


@dataclass
class Distant:
    """A provider whose connections take a while to be made."""

    address: str
    sockets: list[WebSocket] = field(default_factory=list)  # that are open

    async def hang_up(self) -> None:
        for socket in list(self.sockets):
            await socket.close(1011)


@asynccontextmanager
async def distant() -> AsyncIterator[Distant]:
    listener = listen_at("127.0.0.1", 0)
    provider = Distant(f"127.0.0.1:{listener.getsockname()[1]}")

    async def talk(socket: WebSocket) -> None:
        await asyncio.sleep(HANDSHAKE_SECS)
        await socket.accept()
        provider.sockets.append(socket)
        with suppress(WebSocketDisconnect, RuntimeError):
            while (await socket.receive())["type"] != "websocket.disconnect":
                pass
        provider.sockets.remove(socket)

    async with serving(Starlette(routes=[WebSocketRoute("/{path:path}", talk)]), listener):
        yield provider


@pytest.mark.parametrize(("kind", "name"), SERVICES)
async def test_a_lost_provider_connection_is_reconnected_only_once(
    kind: str, name: str, tmp_path: Path, log: list[str]
) -> None:
    variable, url = SERVICES[kind, name]
    async with distant() as provider:
        env = environment(tmp_path) | {variable: url.format(provider.address)}
        service = build(kind, name, env, "en-IN" if name == "deepgram" else "hi-IN")
        assert isinstance(service, WebsocketService)
        async with on_the_line(service):
            await eventually(lambda: len(provider.sockets) == 1)
            await provider.hang_up()
            await eventually(lambda: not provider.sockets)
            await asyncio.gather(*(service._connect_websocket() for _ in range(3)))  # type: ignore[no-untyped-call]
            await asyncio.sleep(2 * HANDSHAKE_SECS)
            assert len(provider.sockets) == 1
        await eventually(lambda: not provider.sockets)
    log.clear()
