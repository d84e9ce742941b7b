"""The outbound bot on Pipecat Cloud reads the dial's context from the shared database."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI, WebSocket
from pipecat.runner.types import WebSocketRunnerArguments

from shared.pipecat_cloud import CloudAgent
from shared.records.call_record import CallRecord
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Say, WaitForBot
from simulator.providers import Completion, Providers
from simulator.stream.profiles import Profile
from tests.support.bots import database_in, serving

OFFLINE_BOT = "shared.providers.offline.bot"
CALL_ID = "0123456789abcdef0123456789abcdef"


async def test_the_pipecat_cloud_agent_has_the_context_of_the_start_request(
    providers: Providers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment = {**providers.env, **database_in(tmp_path)}
    agent = CloudAgent(OFFLINE_BOT, Direction.OUTBOUND)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    store = await Store.open(environment["DATABASE_URL"])
    await store.add(
        CallRecord(
            call_id=CALL_ID,
            direction=Direction.OUTBOUND,
            created_at=datetime.now(UTC),
            mode=ConnectMode.VOICE_AI,
            number="+919876543210",
            context=json.dumps({"name": "Meera", "amount_due": 1200}),
        )
    )
    app = FastAPI()
    app.state.capacity = Capacity(1)
    app.state.may_enter = lambda _: True

    @app.websocket("/ws")
    async def session(websocket: WebSocket) -> None:
        await websocket.accept()
        await agent.take(WebSocketRunnerArguments(websocket=websocket))

    async with serving(app, Settings.parse({"PORT": "0"})) as address:
        report = await place_call(
            f"ws://{address}/ws",
            (WaitForBot(quiet=0.4, timeout=20), Say("yes.wav"), WaitForBot(quiet=0.1), HangUp()),
            profile=Profile(custom_field=CALL_ID, frame_ms=100),
        )
    assert report.turns[0].response is not None
    assert "invoice of 1200 rupees" in providers.asked(Completion)[-1].messages[0]["content"]
    call_record = await store.find(CALL_ID)
    assert call_record
    assert (call_record.turns, call_record.ending) == (1, "caller hung up")
    await store.close()
    await agent._store.close()  # type: ignore[union-attr]
