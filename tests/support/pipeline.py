"""A running pipeline of a few processors, and what comes out of it at both ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from pipecat.frames.frames import Frame, StartFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.runner import run

F = TypeVar("F", bound=Frame)


class End(FrameProcessor):
    """Keeps what comes by in one direction."""

    def __init__(self, direction: FrameDirection) -> None:
        super().__init__()
        self.frames: list[Frame] = []
        self._kept = direction

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if direction is self._kept and not isinstance(frame, StartFrame):
            self.frames.append(frame)
        await self.push_frame(frame, direction)


@dataclass
class Stage:
    """A pipeline that runs."""

    worker: PipelineWorker
    down: list[Frame] = field(default_factory=list)
    up: list[Frame] = field(default_factory=list)

    async def plays(self, *frames: Frame) -> None:
        """Put frames in, and let them arrive."""
        await self.worker.queue_frames(frames)
        await settle()

    def of(self, kind: type[F]) -> list[F]:
        return [frame for frame in self.down if isinstance(frame, kind)]


async def settle() -> None:
    """Let everything happen that needs no time: of a virtual clock's, this takes 1 ms."""
    await asyncio.sleep(0.001)


@asynccontextmanager
async def on_stage(*processors: FrameProcessor, sample_rate: int = 8_000) -> AsyncIterator[Stage]:
    """Run these processors for as long as the block lasts."""
    above, below = End(FrameDirection.UPSTREAM), End(FrameDirection.DOWNSTREAM)
    worker = PipelineWorker(
        Pipeline([above, *processors, below]),
        params=PipelineParams(audio_in_sample_rate=sample_rate, audio_out_sample_rate=sample_rate),
        enable_rtvi=False,
        enable_turn_tracking=False,
        idle_timeout_secs=None,
    )
    started = asyncio.Event()

    async def start(*_: object) -> None:
        started.set()

    worker.add_event_handler("on_pipeline_started", start)
    over: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(run(worker, over))
    await started.wait()
    try:
        yield Stage(worker, below.frames, above.frames)
    finally:
        over.set_result("the test is over")
        await running
