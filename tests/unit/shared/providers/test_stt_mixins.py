"""STT services get linear PCM at 8 kHz in the caller's language, and their transcripts arrive."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from pipecat.frames.frames import TranscriptionFrame
from pipecat.services.stt_service import STTService

from tests.support.bots import eventually
from tests.support.vendors import (
    Line,
    Vendor,
    build,
    environment,
    on_the_line,
    row,
    vendor,
)


def as_json(**fields: Any) -> str:
    return json.dumps(fields)


async def heard(line: Line, seen: Vendor) -> str:
    """What becomes of the caller's words."""
    await line.hear()
    await line.until(lambda: line.of(TranscriptionFrame))
    (frame,) = line.of(TranscriptionFrame)
    return frame.text


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


async def test_deepgram_flux_stt_transcribes_8_khz_audio(env: dict[str, str]) -> None:
    ended = as_json(type="TurnInfo", event="EndOfTurn", transcript="haan ji", words=[])
    hello = [as_json(type="Connected", request_id="r", sequence_id=0)]
    first = iter([[ended]])
    async with vendor(lambda _: next(first, []), hello) as seen:
        env["DEEPGRAM_BASE_URL"] = f"ws://{seen.address}"
        async with on_the_line(build("STT", "deepgram-flux", env)) as line:
            assert await heard(line, seen) == "haan ji"
    assert seen.connection.path == "/v2/listen"
    assert seen.connection.headers["authorization"] == "Token x"
    assert seen.connection.query == {
        "model": "flux-general-multi",
        "sample_rate": "8000",
        "encoding": "linear16",
        "eot_timeout_ms": "2000",
        "language_hint": "hi",
    }


async def test_deepgram_flux_stt_has_a_model_of_its_own_for_english(env: dict[str, str]) -> None:
    async with vendor(lambda _: []) as seen:
        env["DEEPGRAM_BASE_URL"] = f"http://{seen.address}"
        async with on_the_line(build("STT", "deepgram-flux", env, "en-IN")):
            await eventually(lambda: bool(seen.connections))
    assert seen.connection.query["model"] == "flux-general-en"
    assert "language_hint" not in seen.connection.query


@pytest.mark.parametrize(("rate", "asked"), [(8000, "8000"), (16_000, "16000"), (24_000, "16000")])
async def test_sarvam_stt_transcribes_8_khz_audio(
    env: dict[str, str], rate: int, asked: str
) -> None:
    row("STT", "sarvam")
    first = iter([[as_json(event="transcript.final", text="vanakkam", language="ta-IN")]])
    hello = [as_json(event="session.begin", request_id="r")]
    async with vendor(lambda _: next(first, []), hello) as seen:
        env["SARVAM_URL"] = f"ws://{seen.address}/"
        async with on_the_line(build("STT", "sarvam", env, "ta-IN"), rate) as line:
            assert await heard(line, seen) == "vanakkam"
    assert seen.connection.path == "/speech-to-text-realtime/ws"
    assert seen.connection.headers["api-subscription-key"] == "x"
    expected = {"language_code": "ta-IN", "encoding": "linear16", "sample_rate": asked}
    assert expected.items() <= seen.connection.query.items()
    assert seen.connection.query["endpointing"] == "vad"


async def test_elevenlabs_stt_transcribes_8_khz_audio(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = iter([[as_json(message_type="committed_transcript", text="vanakkam")]])
    async with vendor(lambda _: next(first, [])) as seen:
        env["ELEVENLABS_URL"] = f"wss://{seen.address}"
        service = build("STT", "elevenlabs", env, "ta-IN")
        without_tls(monkeypatch, service)
        async with on_the_line(service) as line:
            assert await heard(line, seen) == "vanakkam"
    assert seen.connection.headers["xi-api-key"] == "x"
    assert seen.connection.query == {
        "model_id": "scribe_v2_realtime",
        "language_code": "tam",
        "audio_format": "pcm_8000",
        "commit_strategy": "manual",
    }
    assert {message["sample_rate"] for message in seen.connection.messages} == {8000}


def without_tls(monkeypatch: pytest.MonkeyPatch, service: object) -> None:
    """Pipecat's class insists on wss://."""
    connect = service._websocket_connect  # type: ignore[attr-defined]

    async def plainly(uri: str, **kwargs: Any) -> Any:
        return await connect(uri.replace("wss://", "ws://"), **kwargs)

    monkeypatch.setattr(service, "_websocket_connect", plainly)


async def test_soniox_stt_transcribes_8_khz_audio(env: dict[str, str]) -> None:
    words = [{"text": "namaste", "is_final": True}, {"text": "<fin>", "is_final": True}]
    answers = iter([[], [as_json(tokens=words)]])
    async with vendor(lambda _: next(answers, [])) as seen:
        env["SONIOX_URL"] = f"ws://{seen.address}/transcribe-websocket"
        async with on_the_line(build("STT", "soniox", env)) as line:
            assert await heard(line, seen) == "namaste"
    assert seen.connection.headers["authorization"] == "Bearer x"
    asked = seen.connection.messages[0]
    assert asked["audio_format"] == "pcm_s16le"
    assert (asked["sample_rate"], asked["num_channels"]) == (8000, 1)
    assert asked["language_hints"] == ["hi"]


async def test_azure_stt_transcribes_8_khz_audio(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row("STT", "azure")
    from shared.providers.vendors import azure

    async with vendor(lambda _: []) as seen:

        class Redirected(azure.AzureSTT):
            def __init__(self, *, region: str, **kwargs: Any) -> None:
                assert region == "centralindia"
                super().__init__(private_endpoint=f"ws://{seen.address}/stt", **kwargs)

        monkeypatch.setattr(azure, "AzureSTT", Redirected)
        async with on_the_line(build("STT", "azure", env)) as line:
            await line.hear(0.3)
            await eventually(lambda: bool(seen.connections and seen.connection.audio))
            hung_up = time.monotonic()
        assert time.monotonic() - hung_up < 3  # this service never confirms the end
    assert seen.connection.headers["ocp-apim-subscription-key"] == "x"
    texts = [text for text in seen.connection.received if isinstance(text, str)]
    config, context = (json.loads(text.partition("\r\n\r\n")[2]) for text in texts[:2])
    assert config["context"]["audio"]["source"]["samplerate"] == "8000"
    assert context["phraseDetection"]["language"] == "hi-IN"


async def test_the_first_audio_waits_for_the_stt_connection(env: dict[str, str]) -> None:
    async with vendor(lambda _: []) as seen:
        env["SONIOX_URL"] = f"ws://{seen.address}"
        service = build("STT", "soniox", env)
        assert isinstance(service, STTService)
        async with on_the_line(service) as line:
            assert not seen.connections  # it connects in the background
            await line.hear()
            await eventually(lambda: bool(seen.connections and len(seen.connection.audio) >= 8000))
    assert len(seen.connection.audio) == 8000
