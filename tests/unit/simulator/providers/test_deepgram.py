"""Deepgram's STT as simulated: transcripts, endpointing, finalize and refused parameters."""

import asyncio
import json

import pytest
from websockets.exceptions import InvalidStatus

from simulator.providers import Behaviour, Heard, Listening, run_providers
from tests.support.provider_clients import (
    RATE,
    deepgram,
    line_noise,
    recording,
    recordings,
    settled,
    transcript,
)

QUICK = Behaviour(stt_latency=0.0)
HOURS = "what are your opening hours"


async def test_finalize_brings_the_stt_transcript_after_the_latency() -> None:
    behaviour = Behaviour(stt_latency=0.2)
    async with run_providers(behaviour) as providers, deepgram(providers) as client:
        await client.send(recording("opening_hours.wav"))
        await asyncio.sleep(0.1)
        asked = asyncio.get_running_loop().time()
        await client.ask("Finalize")
        final = await client.final()
        waited = asyncio.get_running_loop().time() - asked
    assert transcript(final) == HOURS
    assert final["is_final"] and final["speech_final"] and final["from_finalize"]
    assert 0.19 < waited < 0.5
    assert [heard.transcript for heard in providers.asked(Heard)] == [HOURS]


async def test_an_stt_result_has_deepgram_s_shape() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        await client.send(line_noise(1) + recording("tuesday.wav"))
        await client.ask("Finalize")
        final = await client.final()
    alternative = final["channel"]["alternatives"][0]
    (word,) = alternative["words"]
    assert final["channel_index"] == [0, 1]
    assert final["metadata"].keys() == {"request_id", "model_info", "model_uuid"}
    assert final["metadata"]["model_info"].keys() == {"name", "version", "arch"}
    assert word["word"] == word["punctuated_word"] == "tuesday"
    assert final["start"] <= word["start"] < word["end"] <= final["start"] + final["duration"]
    assert 1.2 < word["start"] < 1.5
    assert alternative["confidence"] > 0.9


@pytest.mark.parametrize("wanted", [True, False])
async def test_interim_transcripts_come_while_the_caller_speaks_if_wanted(wanted: bool) -> None:
    query = f"&interim_results={str(wanted).lower()}"
    async with run_providers(QUICK) as providers, deepgram(providers, query) as client:
        pcm = recording("opening_hours.wav")
        for first in range(0, len(pcm), 3200):
            await client.send(pcm[first : first + 3200])
            await asyncio.sleep(0.02)
        await client.ask("Finalize")
        final = await client.final()
    assert bool(client.interims) == wanted
    assert all(HOURS.startswith(words) for words in client.interims)
    assert HOURS not in client.interims[:1]
    assert transcript(final) == HOURS


async def test_the_same_recording_twice_is_two_utterances() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        for _ in range(2):
            await client.send(recording("monday.wav"))
            await client.ask("Finalize")
            assert transcript(await client.final()) == "monday"
            await client.send(line_noise(0.4))


async def test_stt_endpointing_ends_an_utterance_without_finalize() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        await client.send(recording("yes_please.wav") + line_noise(0.8))
        final = await client.final()
        await client.ask("Finalize")
        rest = await client.final()
    assert transcript(final) == "yes please"
    assert final["speech_final"] and not final["from_finalize"]
    assert transcript(rest) == "" and rest["from_finalize"]


async def test_no_pause_ends_an_utterance_without_endpointing() -> None:
    no_end = "&endpointing=false"
    async with run_providers(QUICK) as providers, deepgram(providers, no_end) as client:
        await client.send(recording("yes_please.wav") + line_noise(1))
        await client.ask("Finalize")
        final = await client.final()
    assert transcript(final) == "yes please" and final["from_finalize"]


async def test_unknown_audio_is_an_empty_stt_transcript() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        for pcm in (line_noise(1), line_noise(0.3) + line_noise(0.5, 0.2), b""):
            await client.send(pcm)
            await client.ask("Finalize")
            assert transcript(await client.final()) == ""


async def test_a_lost_byte_spoils_the_rest_of_the_stt_stream() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        await client.socket.send(b"\0")
        for _ in range(2):
            await client.send(recording("monday.wav"))
            await client.ask("Finalize")
            assert transcript(await client.final()) == ""


async def test_closing_the_stt_stream_brings_the_last_transcript_and_metadata() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        await client.send(recording("goodbye.wav"))
        await client.ask("KeepAlive")
        await client.ask("CloseStream")
        assert transcript(await client.final()) == "goodbye"
        account = json.loads(await client.socket.recv())
        await client.socket.wait_closed()
    assert account["type"] == "Metadata" and account["channels"] == 1
    assert account["duration"] == pytest.approx(len(recording("goodbye.wav")) / 2 / RATE, abs=0.01)
    assert client.socket.close_code == 1000


async def test_many_stt_streams_are_transcribed_at_once() -> None:
    said = recordings()[:8]
    async with run_providers() as providers:

        async def call(pcm: bytes) -> str:
            async with deepgram(providers) as client:
                await client.send(pcm)
                await client.ask("Finalize")
                return transcript(await client.final())

        heard = await asyncio.gather(*(call(one.pcm) for one in said))
        await settled(providers)
    assert heard == [one.text for one in said]
    assert providers.connections["stt"].total == 8


async def test_the_parameters_of_an_stt_connection_are_kept() -> None:
    async with run_providers() as providers, deepgram(providers, "&model=nova-3&language=en"):
        assert providers.connections["stt"].open == 1
    (listening,) = providers.asked(Listening)
    assert listening.parameters["sample_rate"] == str(RATE)
    assert listening.parameters["model"] == "nova-3"


@pytest.mark.parametrize("wrong", ["&encoding=mulaw", "&sample_rate=fast", "&channels=2"])
async def test_an_unknown_stt_encoding_is_refused(wrong: str) -> None:
    async with run_providers() as providers:
        with pytest.raises(InvalidStatus) as refused:
            async with deepgram(providers, wrong):
                raise AssertionError("accepted")
    assert refused.value.response.status_code == 400


async def test_stt_control_messages_that_are_no_json_are_ignored() -> None:
    async with run_providers(QUICK) as providers, deepgram(providers) as client:
        for odd in ("{", "[]", '"x"', "{}"):
            await client.socket.send(odd)
        await client.ask("Finalize")
        assert transcript(await client.final()) == ""
