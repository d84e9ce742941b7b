"""TTS services are asked for 8 kHz in the caller's language, and their audio has that rate."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pipecat.frames.frames import TTSSpeakFrame, TTSStoppedFrame
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.http_server import listen_at, serving
from tests.support.bots import eventually
from tests.support.vendors import (
    RATE,
    Line,
    build,
    environment,
    on_the_line,
    pitch,
    row,
    tone,
    vendor,
)

SECS = 0.5  # of the sentence that every voice has


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


async def speaks_well(line: Line) -> None:
    await line.worker.queue_frame(TTSSpeakFrame("Namaste."))
    await line.until(lambda: line.of(TTSStoppedFrame))
    sound = line.sound()
    assert len(sound) == pytest.approx(SECS * RATE, rel=0.02)
    assert pitch(sound) == pytest.approx(440, abs=10)


def replying(to: Callable[[dict[str, Any]], Sequence[dict[str, Any] | bytes]]) -> Any:
    """A vendor's side of a socket of JSON."""

    def answer(message: str | bytes) -> list[str | bytes]:
        replies = to(json.loads(message)) if message else []
        return [reply if isinstance(reply, bytes) else json.dumps(reply) for reply in replies]

    return answer


async def test_sarvam_tts_speaks_at_8_khz(env: dict[str, str]) -> None:
    audio = {"audio": b64encode(tone(SECS, RATE)).decode(), "request_id": "r"}

    def answer(message: dict[str, Any]) -> list[dict[str, Any]]:
        if message["type"] != "flush":
            return []
        ended = {"type": "event", "data": {"event_type": "final"}}
        return [{"type": "audio", "data": audio}, ended]

    async with vendor(replying(answer)) as seen:
        env["SARVAM_URL"] = f"ws://{seen.address}"
        async with on_the_line(build("TTS", "sarvam", env)) as line:
            await speaks_well(line)
    assert seen.connection.path == "/text-to-speech/ws"
    assert seen.connection.headers["api-subscription-key"] == "x"
    config = seen.connection.messages[0]["data"]
    assert config["speech_sample_rate"] == "8000"
    assert config["output_audio_codec"] == "linear16"
    assert config["target_language_code"] == "hi-IN"


async def test_elevenlabs_tts_speaks_at_8_khz(env: dict[str, str]) -> None:
    audio = b64encode(tone(SECS, RATE)).decode()

    def answer(message: dict[str, Any]) -> list[dict[str, Any]]:
        context = message.get("context_id")
        if message.get("close_context"):
            return [{"contextId": context, "isFinal": True}]
        spoken = message.get("text", "").strip()
        return [{"contextId": context, "audio": audio}] if spoken else []

    async with vendor(replying(answer)) as seen:
        env["ELEVENLABS_URL"] = f"ws://{seen.address}"
        async with on_the_line(build("TTS", "elevenlabs", env)) as line:
            await speaks_well(line)
    assert seen.connection.path == "/v1/text-to-speech/x/multi-stream-input"
    assert seen.connection.headers["xi-api-key"] == "x"
    asked = {"output_format": "pcm_8000", "language_code": "hi", "model_id": "eleven_flash_v2_5"}
    assert asked.items() <= seen.connection.query.items()


async def test_deepgram_tts_speaks_at_8_khz(env: dict[str, str]) -> None:
    def answer(message: dict[str, Any]) -> list[dict[str, Any] | bytes]:
        flushed = {"type": "Flushed", "sequence_id": 0}
        return [tone(SECS, RATE), flushed] if message["type"] == "Flush" else []

    async with vendor(replying(answer)) as seen:
        env["DEEPGRAM_BASE_URL"] = f"ws://{seen.address}"
        async with on_the_line(build("TTS", "deepgram", env, "en-IN")) as line:
            await speaks_well(line)
    assert seen.connection.path == "/v1/speak"
    assert seen.connection.query == {
        "model": "aura-2-helena-en",
        "encoding": "linear16",
        "sample_rate": "8000",
    }


@asynccontextmanager
async def openai_voice(asked: list[Any]) -> AsyncIterator[str]:
    async def speak(request: Request) -> Response:
        asked.append(await request.json())
        return Response(tone(SECS, 24_000), media_type="audio/pcm")

    listener = listen_at("127.0.0.1", 0)
    app = Starlette(routes=[Route("/v1/audio/speech", speak, methods=["POST"])])
    async with serving(app, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


async def test_openai_tts_is_resampled_from_24_khz_to_the_line_s_rate(
    env: dict[str, str], log: list[str]
) -> None:
    asked: list[Any] = []
    async with (
        openai_voice(asked) as url,
        on_the_line(build("TTS", "openai", {**env, "OPENAI_BASE_URL": url})) as line,
    ):
        await speaks_well(line)
        await line.worker.queue_frame(TTSSpeakFrame("Namaste."))
        await line.until(lambda: len(line.of(TTSStoppedFrame)) == 2)
        assert len(line.sound()) == pytest.approx(2 * SECS * RATE, rel=0.02)
    assert asked[0] == {
        "input": "Namaste.",
        "model": "gpt-4o-mini-tts",
        "voice": "alloy",
        "response_format": "pcm",
    }
    assert not [line for line in log if "may cause issues" in line]


async def test_azure_tts_speaks_at_8_khz(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row("TTS", "azure")
    from pipecat.services.azure.tts import AzureTTSService

    from shared.providers.vendors import azure

    async with vendor(lambda _: []) as seen:

        class Redirected(AzureTTSService):
            def __init__(self, *, region: str, **kwargs: Any) -> None:
                assert region == "centralindia"
                super().__init__(private_endpoint=f"ws://{seen.address}/tts", **kwargs)

        monkeypatch.setattr(azure, "AzureTTSService", Redirected)
        async with on_the_line(build("TTS", "azure", env)) as line:
            await line.worker.queue_frame(TTSSpeakFrame("Namaste."))
            await eventually(lambda: bool(seen.connections and len(seen.connection.received) > 2))
    assert seen.connection.headers["ocp-apim-subscription-key"] == "x"
    texts = [text for text in seen.connection.received if isinstance(text, str)]
    context = json.loads(texts[1].partition("\r\n\r\n")[2])
    assert context["synthesis"]["audio"]["outputFormat"] == "raw-8khz-16bit-mono-pcm"
    assert "xml:lang='hi-IN'" in texts[2]
    assert "<voice name='hi-IN-SwaraNeural'>" in texts[2]
