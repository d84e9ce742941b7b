"""An inbound bot's call on Pipecat Cloud, and what an app without keys says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI, WebSocket
from pipecat.runner.types import RunnerArguments, WebSocketRunnerArguments

from inbound.app import create_app
from shared import cloud
from shared.calls.record import Direction
from shared.calls.registry import CallRegistry
from shared.conversation.demo.bot import PERSONAS, answer
from shared.settings import ConfigurationError, Settings
from simulator.caller import place_call
from simulator.providers import Providers
from simulator.scenario import HangUp, WaitForBot
from tests.support import serving


async def bot(runner_args: RunnerArguments) -> None:
    """As a `bot.py` has it."""
    await cloud.take_cloud_call(
        runner_args, answer=answer, personas=PERSONAS, direction=Direction.INBOUND
    )


@asynccontextmanager
async def pipecat_cloud() -> AsyncIterator[str]:
    """What Pipecat Cloud does: accept the socket, and hand it to `bot`."""
    app = FastAPI()
    app.state.registry = CallRegistry(1)

    @app.websocket("/ws")
    async def session(websocket: WebSocket) -> None:
        await websocket.accept()
        await bot(WebSocketRunnerArguments(websocket=websocket))

    async with serving(app, Settings.parse({"PORT": "0"})) as address:
        yield f"ws://{address}/ws"


async def test_a_bot_takes_calls_on_pipecat_cloud(
    providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloud, "_boards", {})
    for name, value in providers.env.items():
        monkeypatch.setenv(name, value)
    async with pipecat_cloud() as url:
        report = await place_call(url, (WaitForBot(timeout=20), HangUp()))
    assert report.succeeded
    assert report.ended_by == "caller"


async def test_on_pipecat_cloud_other_transports_are_refused() -> None:
    with pytest.raises(TypeError, match="Exotel's websocket only"):
        await bot(RunnerArguments())


def test_without_keys_it_does_not_start() -> None:
    with pytest.raises(ConfigurationError, match="DEEPGRAM_API_KEY"):
        create_app(Settings.parse({}))
