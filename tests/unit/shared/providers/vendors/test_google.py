"""Google's STT and TTS, built in a thread as in a call, speak gRPC on the event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pipecat.frames.frames import TranscriptionFrame, TTSSpeakFrame, TTSStoppedFrame

from tests.support.vendors import (
    RATE,
    build,
    environment,
    on_the_line,
    pitch,
    row,
    tone,
)

SECS = 0.5


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    row("STT", "google")
    return environment(tmp_path)


@asynccontextmanager
async def serving_grpc(service: str, method: str, handler: Any) -> AsyncIterator[Any]:
    """Serve one method, and yield a channel to it."""
    import grpc

    server = grpc.aio.server()
    port = server.add_insecure_port("127.0.0.1:0")
    server.add_generic_rpc_handlers(
        [grpc.method_handlers_generic_handler(service, {method: handler})]
    )
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield channel
    await server.stop(None)


async def test_google_stt_transcribes_the_caller(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import grpc
    from google.cloud.speech_v2 import SpeechAsyncClient
    from google.cloud.speech_v2.services.speech.transports import SpeechGrpcAsyncIOTransport
    from google.cloud.speech_v2.types import cloud_speech as types

    from shared.providers.vendors import google

    asked: list[Any] = []

    async def recognise(requests: AsyncIterator[Any], _: Any) -> AsyncIterator[Any]:
        async for request in requests:
            asked.append(request)
            if request.audio:
                heard = types.SpeechRecognitionAlternative(transcript="vanakkam")
                final = types.StreamingRecognitionResult(alternatives=[heard], is_final=True)
                yield types.StreamingRecognizeResponse(results=[final])
                return

    handler = grpc.stream_stream_rpc_method_handler(
        recognise,
        types.StreamingRecognizeRequest.deserialize,
        types.StreamingRecognizeResponse.serialize,
    )
    name = "google.cloud.speech.v2.Speech"
    async with serving_grpc(name, "StreamingRecognize", handler) as channel:
        service = await asyncio.to_thread(build, "STT", "google", env, "ta-IN")
        transport = SpeechGrpcAsyncIOTransport(channel=channel)
        client = SpeechAsyncClient(transport=transport)
        monkeypatch.setattr(google, "_HEARING", google.ClientOfLoop())
        google._HEARING.get(lambda: client)
        async with on_the_line(service) as line:
            await line.hear(0.3)
            await line.until(lambda: line.of(TranscriptionFrame))
    assert line.of(TranscriptionFrame)[0].text == "vanakkam"
    config = asked[0].streaming_config.config
    assert asked[0].recognizer == "projects/nobodys/locations/global/recognizers/_"
    assert config.explicit_decoding_config.sample_rate_hertz == RATE
    assert config.explicit_decoding_config.encoding.name == "LINEAR16"
    assert list(config.language_codes) == ["ta-IN"]


async def test_google_tts_speaks(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    import grpc
    from google.cloud import texttospeech_v1 as types
    from google.cloud.texttospeech_v1.services.text_to_speech import transports

    from shared.providers.vendors import google

    asked: list[Any] = []

    async def speak(requests: AsyncIterator[Any], _: Any) -> AsyncIterator[Any]:
        async for request in requests:
            asked.append(request)
        yield types.StreamingSynthesizeResponse(audio_content=tone(SECS, RATE))

    handler = grpc.stream_stream_rpc_method_handler(
        speak,
        types.StreamingSynthesizeRequest.deserialize,
        types.StreamingSynthesizeResponse.serialize,
    )
    name = "google.cloud.texttospeech.v1.TextToSpeech"
    async with serving_grpc(name, "StreamingSynthesize", handler) as channel:
        service = await asyncio.to_thread(build, "TTS", "google", env)
        transport = transports.TextToSpeechGrpcAsyncIOTransport(channel=channel)
        client = types.TextToSpeechAsyncClient(transport=transport)
        monkeypatch.setattr(google, "_SPEAKING", google.ClientOfLoop())
        google._SPEAKING.get(lambda: client)
        async with on_the_line(service) as line:
            await line.worker.queue_frame(TTSSpeakFrame("Namaste."))
            await line.until(lambda: line.of(TTSStoppedFrame))
    assert len(line.sound()) == pytest.approx(SECS * RATE, rel=0.02)
    assert pitch(line.sound()) == pytest.approx(440, abs=10)
    config = asked[0].streaming_config
    assert config.voice.name == "hi-IN-Chirp3-HD-Kore"
    assert config.voice.language_code == "hi-IN"
    assert config.streaming_audio_config.sample_rate_hertz == RATE
    assert config.streaming_audio_config.audio_encoding.name == "PCM"


async def test_one_google_client_serves_all_calls_of_the_event_loop(env: dict[str, str]) -> None:
    for kind in ("STT", "TTS"):
        first, second = await asyncio.gather(
            *(asyncio.to_thread(build, kind, "google", env) for _ in range(2))
        )
        async with on_the_line(first), on_the_line(second):
            assert first._client is second._client  # type: ignore[attr-defined]
