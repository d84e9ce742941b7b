"""Admission of WebSockets: credentials, the handshake, capacity, and refusals of the rest."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction
from shared.telephony.stream import handshake
from shared.web.app import build_app
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause, WaitForBot
from simulator.providers import Providers
from tests.support.bots import PERSONA, Bot, answer, eventually, running_bot

START = json.dumps(
    {"event": "start", "start": {"stream_sid": "s1", "call_sid": "c1", "account_sid": "a1"}}
)
MEDIA = '{"event":"media","media":{"payload":"AAAA"}}'


@asynccontextmanager
async def knock(bot: Bot, *messages: str | bytes) -> AsyncIterator[ClientConnection]:
    """Open the socket and say these things."""
    async with connect(bot.url) as socket:
        for message in messages:
            await socket.send(message)
        yield socket


async def closing(socket: ClientConnection) -> tuple[int, str]:
    """With which code and reason the bot closes the socket."""
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            await asyncio.wait_for(socket.recv(), 5)
    assert closed.value.rcvd
    return closed.value.rcvd.code, closed.value.rcvd.reason


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        pytest.param(('{"event":"start","start":null}',), "'start' is not an object", id="null"),
        pytest.param(
            ('{"event":"start","start":{"stream_sid":"s"}}',),
            "without a usable 'call_sid'",
            id="sid",
        ),
        pytest.param(
            (MEDIA,) * 1_000, "received a 'media' while waiting for 'start'", id="only-media"
        ),
        pytest.param(
            (START.replace('"a1"', '"a1", "media_format": {"encoding": "audio/x-mulaw"}'),),
            "Exotel streams 'audio/x-mulaw' but we take 16-bit linear PCM",
            id="mulaw",
        ),
        pytest.param(
            (START.replace('"a1"', '"a1", "media_format": {"sample_rate": 44100}'),),
            "Exotel streams 44100 Hz but we take 8000, 16000, 24000",
            id="rate",
        ),
        pytest.param(("x" * 200_000,) * 6, "a malformed message: not JSON", id="large"),
    ],
)
async def test_a_websocket_that_is_no_call_is_closed_with_the_reason(
    bot: Bot, log: list[str], messages: tuple[str | bytes, ...], reason: str
) -> None:
    async with knock(bot, *messages) as socket:
        code, said = await closing(socket)
    assert code == 1002
    assert reason in said
    assert any("refused a socket" in line and reason in line for line in log)


async def test_media_may_come_before_the_start_event(bot: Bot, log: list[str]) -> None:
    async with knock(bot, '{"event":"connected"}', MEDIA, "hello", MEDIA, START):
        await eventually(lambda: len(bot.capacity) == 1)
    await eventually(lambda: any("call c1 ended" in line for line in log))


async def test_a_message_beyond_the_limit_closes_its_websocket(bot: Bot) -> None:
    async with knock(bot, "x" * 300_000) as socket:
        assert (await closing(socket))[0] == 1009


async def test_a_silent_websocket_is_closed_at_the_handshake_timeout(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake.read_start, "__defaults__", (0.2,))
    async with knock(bot, '{"event":"connected"}') as socket:
        assert await closing(socket) == (1002, "no 'start' within 0.2 s")


@pytest.mark.parametrize("said", ["hello", "[]", b"\xff\x00"])
async def test_a_websocket_of_another_protocol_is_told_so(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, log: list[str], said: str | bytes
) -> None:
    monkeypatch.setattr(handshake.read_start, "__defaults__", (0.2,))
    async with knock(bot, said) as socket:
        code, reason = await closing(socket)
    assert (code, reason.startswith("no 'start' within 0.2 s but a malformed message")) == (
        1002,
        True,
    )
    assert any("refused a socket" in line and reason in line for line in log)


async def test_a_websocket_closed_before_the_start_event_is_only_logged(
    bot: Bot, log: list[str]
) -> None:
    async with knock(bot, '{"event":"connected"}'):
        pass
    await eventually(lambda: any("before it said which call it is" in line for line in log))


async def test_the_sample_rate_setting_is_insisted_on_in_the_handshake(
    providers: Providers,
) -> None:
    async with running_bot({**providers.env, "EXOTEL_SAMPLE_RATE": "16000"}) as bot:
        refused = await place_call(bot.url, (Pause(5),))
        assert (refused.ended_by, refused.close_code) == ("bot", 1002)
        assert "8000 Hz but we take 16000" in refused.close_reason
        taken = await place_call(f"{bot.url}?sample-rate=16000", (WaitForBot(), HangUp()))
        assert taken.succeeded


async def test_a_call_beyond_capacity_is_told_to_try_again_later(providers: Providers) -> None:
    async with (
        running_bot({**providers.env, "MAX_CALLS": "1"}) as bot,
        httpx.AsyncClient(base_url=f"http://{bot.address}") as http,
    ):
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()) == (
            200,
            {"ready": True, "calls": 0, "max_calls": 1},
        )
        first = asyncio.create_task(place_call(bot.url, (Pause(2), HangUp())))
        await eventually(lambda: len(bot.capacity) == 1)
        full = await http.get("/readyz")
        assert (full.status_code, full.json()) == (
            503,
            {
                "ready": False,
                "calls": 1,
                "max_calls": 1,
                "reason": "full: every place is taken, or kept for somebody who is being rung",
            },
        )
        second = await place_call(bot.url, (Pause(5),))
        assert (second.close_code, second.close_reason) == (1013, "full")
        assert (await http.get("/healthz")).json() == {"status": "ok"}
        assert "voicebot_calls_active 1\n" in (await http.get("/metrics")).text
        assert (await first).succeeded
        await eventually(lambda: len(bot.capacity) == 0)
        metrics = (await http.get("/metrics")).text
        assert 'voicebot_calls_ended_total{reason="caller hung up"} 1\n' in metrics
        assert 'voicebot_calls_refused_total{reason="full"} 1\n' in metrics


async def test_a_process_in_shutdown_takes_no_call(bot: Bot) -> None:
    bot.capacity.draining = True
    report = await place_call(bot.url, (Pause(5),))
    assert (report.close_code, report.close_reason) == (1013, "shutting down")
    async with httpx.AsyncClient() as http:
        ready = await http.get(f"http://{bot.address}/readyz")
        assert (ready.status_code, ready.json()["reason"]) == (503, "shutting down")
        assert (await http.get(f"http://{bot.address}/healthz")).status_code == 200


async def test_only_websockets_with_the_url_s_credentials_are_accepted(
    providers: Providers,
) -> None:
    credentials = {"WS_USERNAME": "exotel", "WS_PASSWORD": "s3cret"}
    async with running_bot({**providers.env, **credentials}) as bot:
        url = f"ws://exotel:s3cret@{bot.address}/ws"
        assert (await place_call(url, (WaitForBot(), HangUp()))).succeeded
        for wrong in ({}, {"Authorization": basic("exotel:guess")}, {"Authorization": "Bearer x"}):
            with pytest.raises(InvalidStatus) as refused:
                await connect(bot.url, additional_headers=wrong)
            assert refused.value.response.status_code == 403


def basic(credentials: str) -> str:
    return f"Basic {base64.b64encode(credentials.encode()).decode()}"


def test_all_missing_credentials_are_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        build_for({"ENV": "production", "TTS": "espeak", "LLM": "parrot"})
    text = str(caught.value)
    for name in ("WS_USERNAME", "WS_PASSWORD", "DEEPGRAM_API_KEY", "LLM=parrot is unknown; there"):
        assert name in text
    assert "CARTESIA" not in text


def test_a_provider_s_missing_package_is_named_with_its_install_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.providers.catalogue.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"pip install '\.\[demo\]'"):
        build_for({"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"})


def build_for(environment: dict[str, str]) -> None:
    build_app(
        Settings.parse(environment), answer=answer, personas=(PERSONA,), direction=Direction.INBOUND
    )
