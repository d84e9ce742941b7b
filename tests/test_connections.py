"""Sockets whose peer is there but reads nothing: by themselves, and as calls among others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from shared import connections
from shared.calls.record import Ending
from shared.connections import LettingGo
from simulator.caller import place_call
from simulator.scenario import HangUp, Say, WaitForBot
from tests.deaf_peer import deaf_call, shrink_buffers
from tests.support import Bot, eventually

LONG = "x" * 100_000


@asynccontextmanager
async def serving(
    talk: Callable[[WebSocket], Awaitable[None]], **config: float
) -> AsyncIterator[str]:
    app = FastAPI()
    app.add_api_websocket_route("/ws", talk)
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, ws=LettingGo, log_config=None, **config)  # type: ignore[arg-type]
    )
    task = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"{host}:{port}"
    server.should_exit = True
    await asyncio.wait_for(task, 5)


async def test_a_connection_does_not_outlive_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LINGER_SECS", 0.2)
    shrink_buffers(monkeypatch)

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(LONG)

    async with serving(talk) as address, deaf_call(address, "c1") as peer:
        await asyncio.wait_for(peer, 5)


async def test_the_end_of_a_call_lets_go_of_whoever_waits_to_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "LINGER_SECS", 0.2)
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


async def test_who_does_not_answer_a_ping_is_cut_off_and_the_app_is_told(
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


async def test_a_call_whose_peer_stops_reading_ends_and_the_others_go_on(
    bot: Bot, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink_buffers(monkeypatch)
    before = len(asyncio.all_tasks())
    steps = (WaitForBot(), Say("opening_hours.wav"), WaitForBot(), HangUp())
    other = asyncio.create_task(place_call(bot.url, steps))
    async with deaf_call(bot.address, "deaf"):
        await eventually(lambda: len(bot.registry) == 2)
        await eventually(lambda: bot.registry.endings[Ending.CONNECTION_LOST] == 1, within=8)
        assert bot.registry.endings == {Ending.CONNECTION_LOST: 1}
        report = await other
    assert report.succeeded
    assert report.turns[0].response is not None
    assert any("call deaf ended: connection lost" in line for line in log)
    await eventually(lambda: len(asyncio.all_tasks()) <= before)
