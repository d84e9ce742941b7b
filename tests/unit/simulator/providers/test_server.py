"""The server of the simulated providers: shutdown and bounded memory."""

import asyncio
import socket

import pytest

from simulator.providers import Behaviour, Hang, run_providers
from tests.support.provider_clients import cartesia, deepgram, openai, question


async def test_the_provider_server_s_shutdown_is_quick_and_leaves_nothing() -> None:
    before = asyncio.all_tasks()
    loop = asyncio.get_running_loop()
    async with run_providers(Behaviour(llm=Hang())) as providers:
        client = openai(providers)
        asking = asyncio.ensure_future(client.post("/chat/completions", json=question("hello")))
        ear, mouth = deepgram(providers), cartesia(providers)
        await ear.__aenter__()
        await mouth.__aenter__()
        await asyncio.sleep(0.2)
        assert [count.open for count in providers.connections.values()] == [1, 1, 1]
        began = loop.time()
    assert loop.time() - began < 1
    await asyncio.wait([asking])
    await client.aclose()
    await ear.__aexit__(None, None, None)
    await mouth.__aexit__(None, None, None)
    assert asyncio.all_tasks() == before
    assert not any(count.open for count in providers.connections.values())
    host, port = providers.address.split(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)))


async def test_provider_requests_are_kept_up_to_a_bound() -> None:
    async with run_providers() as providers:
        assert providers.requests.maxlen
