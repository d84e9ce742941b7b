"""Faults of simulated providers: refusals, stalls, slowness, garbage and dropped connections."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from simulator.providers import (
    Behaviour,
    BlackHole,
    Drop,
    Fault,
    Garbage,
    Hang,
    Providers,
    Quote,
    Refuse,
    Slow,
    Stall,
    run_providers,
)
from tests.support.provider_clients import (
    cartesia,
    deepgram,
    openai,
    question,
    recording,
    say,
    settled,
    sound,
    streamed,
    transcript,
    until,
)

QUICK = Behaviour(stt_latency=0, llm_latency=0, llm_token_interval=0, tts_latency=0, tts_speed=1000)
Work = Callable[[Providers], Awaitable[object]]
LONG = 0.2  # seconds in which a healthy provider would have answered
KEYS = {"X-API-Key": "x", "Cartesia-Version": "x", "Authorization": "Token x"}
HELLO = "Hello, how can I help you today?"


def with_all(fault: Fault | None) -> Behaviour:
    return replace(QUICK, stt=fault, llm=fault, tts=fault)


async def nothing_comes(coming: Awaitable[object]) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(LONG):
            await coming


@pytest.mark.parametrize("status", [401, 429, 500, 503])
async def test_a_provider_s_refusal_is_an_http_status(status: int) -> None:
    async with run_providers(with_all(Refuse(status, retry_after=7))) as providers:
        for client in (deepgram(providers), cartesia(providers)):
            with pytest.raises(InvalidStatus) as refused:
                async with client:
                    raise AssertionError("accepted")
            assert refused.value.response.status_code == status
        async with openai(providers) as asking:
            answer = await asking.post("/chat/completions", json=question("hello"))
        assert answer.status_code == status
        assert answer.headers["retry-after"] == "7"
        assert not any(count.total for count in providers.connections.values())


async def test_a_provider_that_quotes_says_the_key_and_the_words_it_was_sent() -> None:
    async with run_providers(with_all(Quote(401))) as providers:
        async with openai(providers) as asking:
            answer = await asking.post("/chat/completions", json=question("my PIN is 4321"))
        async with cartesia(providers) as voice:
            await say(voice, "Your PIN is 4321.")
            (spoken,) = await until(voice, "error")
        async with deepgram(providers) as stt:
            await stt.send(recording("monday.wav"))
            await stt.ask("Finalize")
            heard = await stt.final()
            with pytest.raises(ConnectionClosed) as closed:
                await stt.socket.recv()
    assert answer.status_code == 401
    said = (answer.json()["error"]["message"], spoken["error"], heard["description"])
    for quotation, words in zip(
        said, ("my PIN is 4321", "Your PIN is 4321.", "Monday"), strict=True
    ):
        assert "simulated" in quotation
        assert words.lower() in quotation.lower()
    assert closed.value.rcvd
    assert closed.value.rcvd.reason.startswith("Incorrect API key provided")


async def test_a_black_hole_provider_accepts_the_connection_and_says_nothing() -> None:
    async with run_providers(with_all(BlackHole())) as providers:
        stt = f"{providers.env['DEEPGRAM_BASE_URL']}/v1/listen?encoding=linear16&sample_rate=8000"
        for url in (stt, providers.env["CARTESIA_URL"]):
            with pytest.raises(TimeoutError):
                await connect(url, open_timeout=LONG, additional_headers=KEYS)
        async with openai(providers) as client:
            with pytest.raises(httpx.ReadTimeout):
                await client.post("/chat/completions", json=question("hello"), timeout=LONG)


async def hears(providers: Providers) -> str:
    async with deepgram(providers) as client:
        await client.send(recording("monday.wav"))
        await client.ask("Finalize")
        return transcript(await client.final())


async def speaks(providers: Providers) -> bytes:
    async with cartesia(providers) as client:
        await say(client, HELLO)
        return sound(await until(client, "done"))


async def thinks(providers: Providers) -> list[str]:
    async with openai(providers) as client:
        return await streamed(client, question("hello"))


@pytest.mark.parametrize("work", [hears, speaks, thinks])
async def test_a_hanging_provider_answers_nothing(work: Work) -> None:
    async with run_providers(with_all(Hang())) as providers:
        await nothing_comes(work(providers))
        await settled(providers)


@pytest.mark.parametrize("work", [hears, speaks, thinks])
async def test_a_slow_provider_answers_late(work: Work) -> None:
    async with run_providers(with_all(Slow(0.25))) as providers:
        began = asyncio.get_running_loop().time()
        assert await work(providers)
        assert asyncio.get_running_loop().time() - began > 0.24


@pytest.mark.parametrize("work", [hears, speaks, thinks])
async def test_a_provider_that_sends_garbage_cannot_be_parsed(work: Work) -> None:
    async with run_providers(with_all(Garbage())) as providers:
        if work is thinks:
            assert {is_json(event) for event in await thinks(providers)} == {False}
        else:
            with pytest.raises(json.JSONDecodeError):
                await work(providers)


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


async def test_a_tts_stalls_in_the_middle_of_an_answer() -> None:
    async with run_providers(with_all(Stall(3))) as providers, cartesia(providers) as client:
        await say(client, HELLO)
        for _ in range(3):
            await client.recv()
        await nothing_comes(client.recv())


async def test_an_llm_stalls_in_the_middle_of_an_answer() -> None:
    async with run_providers(with_all(Stall(2))) as providers, openai(providers) as client:
        body = question("hello", stream=True)
        events: list[str] = []
        with pytest.raises(httpx.ReadTimeout):
            async with client.stream(
                "POST", "/chat/completions", json=body, timeout=LONG
            ) as answer:
                async for line in answer.aiter_lines():
                    events += [line] if line else []
        assert len(events) == 2
        await settled(providers)


async def test_provider_connections_drop_when_they_are_old_enough() -> None:
    async with run_providers(with_all(Drop(after_secs=0.2))) as providers:
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with deepgram(providers) as ear, cartesia(providers) as mouth:
            await ear.socket.wait_closed()
            await mouth.wait_closed()
        assert 0.19 < loop.time() - began < 0.6
        assert ear.socket.close_code == mouth.close_code == 1006


async def test_a_provider_connection_drops_after_so_many_messages() -> None:
    async with run_providers(with_all(Drop(after_messages=4))) as providers:
        async with cartesia(providers) as client:
            await say(client, HELLO)
            received = []
            with pytest.raises(ConnectionClosed):
                while True:
                    received.append(await client.recv())
        assert len(received) == 4


async def test_an_llm_answer_breaks_off() -> None:
    async with run_providers(with_all(Drop(after_messages=2))) as providers:
        with pytest.raises(httpx.RemoteProtocolError):
            await thinks(providers)


async def test_a_provider_fault_set_during_a_call_takes_effect_and_goes_away() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        providers.behaviour = replace(QUICK, stt=Hang())
        await client.send(recording("monday.wav"))
        await client.ask("Finalize")
        await nothing_comes(client.socket.recv())
        providers.behaviour = QUICK
        await client.send(recording("tuesday.wav"))
        await client.ask("Finalize")
        assert transcript(await client.final()) == "tuesday"
        providers.behaviour = replace(QUICK, stt=Drop())
        await client.socket.wait_closed()
        assert client.socket.close_code == 1006
