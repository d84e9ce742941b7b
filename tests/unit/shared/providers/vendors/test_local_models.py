"""Local STT and TTS models are loaded once for all calls, and use the line's sample rate."""

import asyncio
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pipecat.frames.frames import (
    TranscriptionFrame,
    TTSSpeakFrame,
    TTSStoppedFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)

from tests.support.vendors import RATE, build, environment, on_the_line, pitch, row, tone

SECS = 0.5


async def test_whisper_stt_transcribes_at_16_khz(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row("STT", "whisper")
    from pipecat.services.whisper import stt

    from shared.providers.vendors.whisper import RATE as WHISPERS

    heard: list[Any] = []

    class Model:
        supported_languages = ("en", "hi")

        def transcribe(self, audio: Any, **kwargs: Any) -> tuple[list[Any], None]:
            heard.append((audio, kwargs["language"]))
            return [SimpleNamespace(text="haan ji", no_speech_prob=0.0)], None

    monkeypatch.setattr(stt, "WhisperModel", lambda *_, **__: Model())
    async with on_the_line(build("STT", "whisper", environment(tmp_path))) as line:
        await line.worker.queue_frame(VADUserStartedSpeakingFrame())
        await line.hear(1.0)
        await line.worker.queue_frame(VADUserStoppedSpeakingFrame())
        await line.until(lambda: line.of(TranscriptionFrame))
    assert line.of(TranscriptionFrame)[0].text.strip() == "haan ji"
    ((audio, language),) = heard
    assert language == "hi"
    assert len(audio) == pytest.approx(1.5 * WHISPERS, rel=0.02)  # half a second is padding
    strongest = np.argmax(np.abs(np.fft.rfft(audio))) * WHISPERS / len(audio)
    assert strongest == pytest.approx(440, abs=10)


async def test_piper_tts_speaks_at_the_line_s_sample_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row("TTS", "piper").load()
    from pipecat.services.piper import tts

    rate, loaded = 22_050, []

    class Voice:
        config = SimpleNamespace(sample_rate=rate)

        def synthesize(self, text: str) -> Iterator[Any]:
            yield SimpleNamespace(audio_int16_bytes=tone(SECS, rate))

    def load(path: Path, use_cuda: bool) -> Voice:
        loaded.append(path.name)
        return Voice()

    monkeypatch.setattr(tts, "PiperVoice", SimpleNamespace(load=load))
    monkeypatch.setattr(tts, "download_voice", lambda *_, **__: None)
    monkeypatch.setattr(tts, "PIPER_CACHE_DIR", tmp_path)
    service = await asyncio.to_thread(build, "TTS", "piper", environment(tmp_path))
    async with on_the_line(service) as line:
        await line.worker.queue_frame(TTSSpeakFrame("Namaste."))
        await line.until(lambda: line.of(TTSStoppedFrame))
    assert loaded == ["hi_IN-priyamvada-medium.onnx"]
    assert len(line.sound()) == pytest.approx(SECS * RATE, rel=0.02)
    assert pitch(line.sound()) == pytest.approx(440, abs=10)


@pytest.mark.parametrize(("kind", "name"), [("STT", "whisper"), ("TTS", "piper")])
def test_calls_share_loaded_stt_and_tts_models(kind: str, name: str) -> None:
    row(kind, name).load()
    module = vars(import_module(f"pipecat.services.{name}.{kind.lower()}"))
    load = module["WhisperModel"] if name == "whisper" else module["PiperVoice"].load
    assert hasattr(load, "cache_info")
