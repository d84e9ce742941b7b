"""Shutdown of a server while it dials, and a server that only dials for Pipecat Cloud."""

import asyncio
from pathlib import Path

import httpx
import pytest

from outbound.app import create_app
from shared.settings.settings import ConfigurationError, Settings
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause
from simulator.exotel import Answers, Delay, NoAnswer, run_exchange
from simulator.providers import Providers
from simulator.stream.profiles import Profile
from tests.support.bots import database_in, eventually, serving
from tests.support.outbound import BEARER, KEY, running_outbound


async def test_a_dial_in_doubt_at_shutdown_is_answered_and_on_record(
    providers: Providers,
) -> None:
    number = "+919880000001"
    async with run_exchange(default_person=NoAnswer(), speed=100) as exchange:
        exchange.faults.numbers[number] = Delay(30.0)
        async with running_outbound(providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai") as rig:
            rig.store.schedule = type(rig.store.schedule)()  # as patient as in production
            starting = asyncio.create_task(rig.start(number))
            await eventually(lambda: exchange.rung(number) == 1)
            store = rig.store
            await rig.capacity.drain(0.1)
            answer = await asyncio.wait_for(starting, 5)
            assert (answer.status_code, answer.json()["status"]) == (504, "unknown")
            await rig.app.state.dialer.finish(0.1)
            call_record = await store.find(answer.json()["call_id"])
        assert call_record
        assert call_record.doubt
        assert exchange.rung(number) == 1


async def test_dials_that_ring_take_capacity_and_more_are_refused(
    providers: Providers,
) -> None:
    async with (
        run_exchange(
            default_person=Answers(after=1.0, scenario=(Pause(0.5), HangUp())),
            profile=Profile(frame_ms=100),
            speed=1,
        ) as exchange,
        running_outbound(
            providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai", MAX_CALLS="2"
        ) as rig,
    ):
        answers = await asyncio.gather(
            *(rig.start(f"+91988100000{n}", key=str(n)) for n in range(5))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 200, 503, 503, 503]
        placed = next(answer for answer in answers if answer.status_code == 200).json()
        again = await rig.start(placed["phone_number"], key=placed["phone_number"][-1])
        assert again.json() == placed
        await exchange.idle()
        assert all(call.report and call.report.close_code == 1000 for call in exchange.placed)
        assert len(exchange.placed) == 2
        await eventually(lambda: rig.capacity.accepting)
        assert (await rig.start("+919881000009")).status_code == 200


CLOUD = {
    "ENV": "production",
    "PIPECAT_CLOUD_AGENT": "reminder",
    "PIPECAT_CLOUD_ORGANIZATION": "red-fox-1",
    "EXOTEL_CONNECT_MODE": "voice-ai",
    "START_API_KEY": KEY,
    "HOST": "127.0.0.1",
    "PORT": "0",
}


async def test_the_dialler_for_pipecat_cloud_needs_no_provider_or_websocket(
    tmp_path: Path,
) -> None:
    async with run_exchange(default_person=NoAnswer(), speed=100) as exchange:
        settings = Settings.parse({**CLOUD, **exchange.env, **database_in(tmp_path)})
        app = create_app(settings)
        async with (
            serving(app, settings) as address,
            httpx.AsyncClient(base_url=f"http://{address}", headers=BEARER) as client,
        ):
            assert (await client.get("/readyz")).status_code == 200
            body = {"dialout_settings": {"phone_number": "+919880000002"}}
            assert (await client.post("/start", json=body)).status_code == 200
            (call,) = exchange.placed
            assert call.fields["StreamUrl"].endswith("/ws/exotel?serviceHost=reminder.red-fox-1")
            assert not (await place_call(f"ws://{address}/ws", (HangUp(),))).connected
            app.state.store.database._outage.on = True
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()["reason"]) == (503, "the database fails")
            app.state.capacity.draining = True
            assert (await client.post("/start", json=body)).status_code == 503


def test_the_dialler_for_pipecat_cloud_still_names_missing_settings() -> None:
    with pytest.raises(ConfigurationError) as fault:
        create_app(Settings.parse({**CLOUD, "START_API_KEY": ""}))
    assert "START_API_KEY" in str(fault.value)
    assert "DEEPGRAM_API_KEY" not in str(fault.value)
    assert "WS_USERNAME" not in str(fault.value)
