"""PocketSphinx as a Pipecat STT service: transcripts, unclear speech and expected phrases."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.tests.utils import SleepFrame

from shared.providers.offline.frames import ExpectPhrasesFrame
from shared.providers.offline.grammar import Phrase
from shared.providers.offline.hearing import UNCLEAR
from tests.support.offline_service import frames_out


@pytest.fixture
def stt() -> Any:
    pytest.importorskip("pocketsphinx")
    from shared.providers.offline.pocketsphinx_stt import PocketSphinxSTTService

    return PocketSphinxSTTService()


def utterance(pcm: bytes) -> list[Frame]:
    """Speech as the VAD frames it."""
    return [
        VADUserStartedSpeakingFrame(),
        InputAudioRawFrame(audio=pcm, sample_rate=8_000, num_channels=1),
        VADUserStoppedSpeakingFrame(),
    ]


def transcript(frames: Sequence[Frame]) -> TranscriptionFrame:
    [found] = [frame for frame in frames if isinstance(frame, TranscriptionFrame)]
    return found


async def test_expected_speech_becomes_an_stt_transcript(
    stt: Any, recording: Callable[[str], bytes]
) -> None:
    down, _ = await frames_out(stt, *utterance(recording("opening_hours")))
    heard = transcript(down)
    assert (heard.text, heard.finalized) == ("what are your opening hours", True)
    assert heard.result and heard.result.accepted


async def test_unexpected_speech_is_an_unclear_stt_transcript_with_a_reason(
    stt: Any, recording: Callable[[str], bytes]
) -> None:
    down, _ = await frames_out(stt, *utterance(recording("joke")))
    heard = transcript(down)
    assert heard.text == UNCLEAR
    assert heard.result and heard.result.text and heard.result.score < 0


async def test_the_stt_log_holds_no_transcript(
    stt: Any, recording: Callable[[str], bytes], log: list[str]
) -> None:
    await frames_out(stt, *utterance(recording("book_appointment")))
    assert not [line for line in log if "appointment" in line and not line.startswith("DEBUG")]


async def test_expected_phrases_go_from_the_llm_to_the_stt_and_no_further(
    stt: Any, recording: Callable[[str], bytes]
) -> None:
    class Teller(FrameProcessor):
        async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
            await super().process_frame(frame, direction)
            await self.push_frame(frame, direction)
            if isinstance(frame, VADUserStartedSpeakingFrame):
                told = ExpectPhrasesFrame((Phrase.MONDAY, Phrase.TUESDAY))
                await self.push_frame(told, FrameDirection.UPSTREAM)

    started, *rest = utterance(recording("tuesday"))
    pipeline = Pipeline([stt, Teller()])
    down, up = await frames_out(pipeline, started, SleepFrame(0.05), *rest)
    assert transcript(down).text == "tuesday"
    assert not any(isinstance(frame, ExpectPhrasesFrame) for frame in up)
