"""WebSockets whose peer is connected and reads nothing, alone and beside other calls."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from shared.records.session_record import Ending
from shared.server import linger_limit
from shared.server.linger_limit import LingerLimitedProtocol
from shared.session import close_codes, stream_socket
from shared.telephony.stream.messages import Start
from shared.telephony.stream.transport import ExotelTransport
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Say, WaitForBot
from tests.support.bots import Bot, eventually
from tests.support.deaf_peer import deaf_call, shrink_buffers

LONG = "x" * 100_000


@asynccontextmanager
async def serving(
    talk: Callable[[WebSocket], Awaitable[None]], **config: float
) -> AsyncIterator[str]:
    app = FastAPI()
    app.add_api_websocket_route("/ws", talk)
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, ws=LingerLimitedProtocol, log_config=None, **config)  # type: ignore[arg-type]
    )
    task = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"{host}:{port}"
    server.should_exit = True
    await asyncio.wait_for(task, 5)


async def test_a_websocket_does_not_outlive_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linger_limit, "LINGER_SECS", 0.2)
    shrink_buffers(monkeypatch)

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(LONG)

    async with serving(talk) as address, deaf_call(address, "c1") as peer:
        await asyncio.wait_for(peer, 5)


async def test_the_end_of_a_call_releases_a_blocked_websocket_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(linger_limit, "LINGER_SECS", 0.2)
    shrink_buffers(monkeypatch)
    writing: list[asyncio.Task[None]] = []

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(LONG)
        writing.append(asyncio.create_task(websocket.close()))

    async with serving(talk) as address, deaf_call(address, "c1") as peer:
        await asyncio.wait_for(peer, 5)
    with pytest.raises(WebSocketDisconnect):
        await asyncio.wait_for(writing[0], 5)


async def test_a_websocket_ping_timeout_disconnects_the_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shrink_buffers(monkeypatch)
    told = asyncio.Event()

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(LONG)
        with pytest.raises(WebSocketDisconnect):
            while True:
                await websocket.receive_text()
        told.set()

    async with (
        serving(talk, ws_ping_interval=0.2, ws_ping_timeout=0.2) as address,
        deaf_call(address, "c1") as peer,
    ):
        await asyncio.wait_for(told.wait(), 5)
        await asyncio.wait_for(peer, 5)


@pytest.mark.parametrize("said", [b"sound", None])
async def test_a_peer_that_sends_without_answering_pings_has_no_timeout(
    said: str | bytes | None,
) -> None:
    heard: list[object] = []

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        while (message := await websocket.receive())["type"] != "websocket.disconnect":
            heard.append(message)

    async with (
        serving(talk, ws_ping_interval=0.1, ws_ping_timeout=0.6) as address,
        connect(f"ws://{address}/ws", ping_interval=None) as peer,
    ):
        answers_no_ping(peer)
        for _ in range(16):  # twice as long as a ping and its time
            await (peer.send(said) if said else peer.ping())
            await asyncio.sleep(0.1)
        assert peer.state is State.OPEN
        await eventually(lambda: peer.state is State.CLOSED)  # since it says nothing any more
    assert len(heard) == (16 if said else 0)


async def test_a_silent_peer_that_answers_no_ping_times_out() -> None:
    told = asyncio.Event()

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        with pytest.raises(WebSocketDisconnect):
            await websocket.receive_text()
        told.set()

    async with (
        serving(talk, ws_ping_interval=0.1, ws_ping_timeout=0.2) as address,
        connect(f"ws://{address}/ws", ping_interval=None) as peer,
    ):
        answers_no_ping(peer)
        await asyncio.wait_for(told.wait(), 5)


def answers_no_ping(peer: ClientConnection) -> None:
    """Make it a client that doesn't know pings; `websockets` writes its answer on its own."""
    peer.protocol.recv_frame = ignoring_pings(peer.protocol.recv_frame)  # type: ignore[method-assign,assignment]


def ignoring_pings(recv_frame: Callable[[Frame], None]) -> Callable[[Frame], None]:
    return lambda frame: None if frame.opcode is Opcode.PING else recv_frame(frame)


async def left_alone(websocket: WebSocket) -> None:
    """Accept a socket whose peer closes it, and wait until the connection is gone, unread."""
    await websocket.accept()
    await websocket.receive_text()
    await asyncio.sleep(0.3)


async def test_closing_a_websocket_after_the_peer_has_is_no_error(log: list[str]) -> None:
    over = asyncio.Event()

    async def talk(websocket: WebSocket) -> None:
        await left_alone(websocket)
        await stream_socket.close(websocket, close_codes.NORMAL_CLOSURE)
        over.set()

    async with serving(talk) as address:
        async with connect(f"ws://{address}/ws") as peer:
            await peer.send("stop")
        await asyncio.wait_for(over.wait(), 5)
        gc.collect()  # when asyncio complains of what nobody has asked for
        await asyncio.sleep(0)
    assert not [line for line in log if "never retrieved" in line]


@pytest.mark.parametrize("writes", [True, False])
async def test_a_pipeline_that_outlives_its_websocket_is_no_error(
    log: list[str], writes: bool
) -> None:
    over = asyncio.Event()

    async def talk(websocket: WebSocket) -> None:
        await left_alone(websocket)
        start = Start(stream_sid="s1", call_sid="c1")
        client = ExotelTransport(websocket, start, 8_000, lambda stop: None)._client
        if writes:
            await client.send("sound")
        await client.disconnect()
        over.set()

    async with serving(talk) as address:
        async with connect(f"ws://{address}/ws") as peer:
            await peer.send("stop")
        await asyncio.wait_for(over.wait(), 5)
    assert not [line for line in log if line.startswith(("WARNING", "ERROR"))]


async def test_a_websocket_whose_peer_stops_reading_ends_only_its_own_call(
    bot: Bot, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink_buffers(monkeypatch)
    before = len(asyncio.all_tasks())
    steps = (WaitForBot(), Say("opening_hours.wav"), WaitForBot(), HangUp())
    other = asyncio.create_task(place_call(bot.url, steps))
    async with deaf_call(bot.address, "deaf"):
        await eventually(lambda: len(bot.capacity) == 2)
        await eventually(
            lambda: bot.capacity.metrics.endings[Ending.CONNECTION_LOST] == 1, within=8
        )
        assert bot.capacity.metrics.endings == {Ending.CONNECTION_LOST: 1}
        report = await other
    assert report.succeeded
    assert report.turns[0].response is not None
    assert any("call deaf ended: connection lost" in line for line in log)
    await eventually(lambda: len(asyncio.all_tasks()) <= before)
