"""One stage of the demo in a pipeline of Pipecat's."""

from collections.abc import Sequence
from typing import Any

from pipecat.frames.frames import Frame
from pipecat.pipeline.worker import PipelineParams
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.tests.utils import run_test

VOICE = "en-us+f3"  # whatever else the machine has
TELEPHONE = PipelineParams(audio_in_sample_rate=8_000, audio_out_sample_rate=8_000)


async def frames_out(
    processor: FrameProcessor, *frames: Frame
) -> tuple[Sequence[Frame], Sequence[Frame]]:
    """Send frames through a processor at 8 kHz; the results went down and up."""
    return await run_test(
        processor, frames_to_send=frames, pipeline_params=TELEPHONE, start_timeout=5.0
    )


def messages(talk: LLMContext) -> list[Any]:
    return list(talk.messages)


def context(*said: str) -> LLMContext:
    return LLMContext(messages=[{"role": "user", "content": text} for text in said])
