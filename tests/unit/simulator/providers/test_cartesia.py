"""Cartesia's TTS as simulated: audio chunks, word times, cancelled contexts and errors."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from simulator.providers import Behaviour, Cancelled, Speaking, run_providers
from simulator.speech import voice
from tests.support.provider_clients import RATE, cartesia, say, settled, sound, until

QUICK = Behaviour(tts_latency=0.0, tts_speed=1000)
HELLO = "Hello, how can I help you today?"


async def test_tts_turns_a_text_into_audio_in_small_chunks() -> None:
    async with run_providers(QUICK) as providers, cartesia(providers) as socket:
        await say(socket, HELLO)
        messages = await until(socket, "done")
    assert sound(messages) == voice(HELLO, RATE)
    sizes = {len(sound([message])) for message in messages if message["type"] == "chunk"}
    assert max(sizes) == RATE * 2 // 10
    assert {message["context_id"] for message in messages} == {"c1"}
    assert messages[-1]["done"] and messages[-1]["status_code"] == 200


async def test_tts_audio_has_the_requested_sample_rate() -> None:
    form = {"container": "raw", "encoding": "pcm_s16le", "sample_rate": 24000}
    async with run_providers(QUICK) as providers, cartesia(providers) as socket:
        await say(socket, HELLO, output_format=form)
        messages = await until(socket, "done")
    assert sound(messages) == voice(HELLO, 24000)


async def test_tts_word_times_count_from_the_start_of_the_context() -> None:
    async with run_providers(QUICK) as providers, cartesia(providers) as socket:
        await say(socket, "Good morning.", more=True)
        await say(socket, "Who is calling?", more=True)
        await say(socket, "", more=False)
        messages = await until(socket, "done")
    stamps = [m["word_timestamps"] for m in messages if m["type"] == "timestamps"]
    words = [word for stamp in stamps for word in stamp["words"]]
    starts = [start for stamp in stamps for start in stamp["start"]]
    ends = [end for stamp in stamps for end in stamp["end"]]
    first = len(voice("Good morning.", RATE)) / 2 / RATE
    assert words == ["Good", "morning.", "Who", "is", "calling?"]
    assert starts == sorted(starts) and all(s < e for s, e in zip(starts, ends, strict=True))
    assert starts[0] == 0 and starts[2] == pytest.approx(first, abs=0.001)
    assert sum(message["type"] == "flush_done" for message in messages) == 2


async def test_tts_word_times_come_before_the_audio_of_the_word() -> None:
    async with run_providers(QUICK) as providers, cartesia(providers) as socket:
        await say(socket, HELLO)
        messages = await until(socket, "done")
    sent = 0.0
    for message in messages:
        sent += len(sound([message])) / 2 / RATE
        for start in message.get("word_timestamps", {}).get("start", ()):
            assert start >= sent - 0.001


async def test_tts_audio_comes_after_the_latency_and_faster_than_it_plays() -> None:
    behaviour = Behaviour(tts_latency=0.2)
    async with run_providers(behaviour) as providers, cartesia(providers) as socket:
        loop = asyncio.get_running_loop()
        asked = loop.time()
        await say(socket, HELLO)
        await until(socket, "chunk")
        first = loop.time() - asked
        await until(socket, "done")
        last = loop.time() - asked
    assert 0.19 < first < 0.4
    assert last - first < len(voice(HELLO, RATE)) / 2 / RATE / 2


async def test_a_cancelled_tts_context_falls_silent_and_others_speak() -> None:
    async with run_providers(Behaviour(tts_speed=2)) as providers, cartesia(providers) as socket:
        await say(socket, HELLO, context="first")
        await until(socket, "chunk")
        await socket.send(json.dumps({"context_id": "first", "cancel": True}))
        await say(socket, "Yes.", context="second")
        messages = await until(socket, "done")
    assert {m["context_id"] for m in messages if m["type"] == "done"} == {"second"}
    assert sum(message["context_id"] == "first" for message in messages) <= 2
    (cancelled,) = providers.asked(Cancelled)
    assert (cancelled.provider, cancelled.context_id) == ("tts", "first")


async def test_tts_requests_are_kept() -> None:
    async with run_providers(QUICK) as providers:
        async with cartesia(providers) as socket:
            await say(socket, HELLO, more=True)
            await say(socket, "")
            await until(socket, "done")
            assert providers.connections["tts"].open == 1
        await settled(providers)
    text, end = providers.asked(Speaking)
    assert (text.transcript, text.more_follows, end.transcript, end.more_follows) == (
        HELLO,
        True,
        "",
        False,
    )
    assert text.voice == "simulated" and text.output_format["sample_rate"] == RATE


@pytest.mark.parametrize(
    "wrong",
    [
        {"voice": {"mode": "id", "id": None}},
        {"context_id": ""},
        {"output_format": {"container": "raw", "encoding": "pcm_mulaw", "sample_rate": RATE}},
        {"output_format": {"container": "raw", "encoding": "pcm_s16le", "sample_rate": "8k"}},
    ],
)
async def test_a_wrong_tts_request_is_an_error_and_does_not_end_the_connection(
    wrong: dict[str, Any],
) -> None:
    async with run_providers(QUICK) as providers, cartesia(providers) as socket:
        await say(socket, HELLO, **wrong)
        (error,) = await until(socket, "error")
        await socket.send("{")
        await until(socket, "error")
        await say(socket, HELLO)
        await until(socket, "done")
    assert error["status_code"] == 400 and error["error"]


async def test_a_tts_client_without_key_is_refused() -> None:
    async with run_providers(QUICK) as providers:
        with pytest.raises(InvalidStatus) as refused:
            await connect(providers.env["CARTESIA_URL"])
    assert refused.value.response.status_code == 401
