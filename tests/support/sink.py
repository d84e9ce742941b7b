"""The end of a pipeline in tests that drive Pipecat's services without a transport."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

F = TypeVar("F", bound=Frame)


class Sink(FrameProcessor):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Frame] = []
        self._arrived = asyncio.Condition()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        async with self._arrived:
            self.frames.append(frame)
            self._arrived.notify_all()
        await self.push_frame(frame, direction)

    def of(self, kind: type[F]) -> list[F]:
        return [frame for frame in self.frames if isinstance(frame, kind)]

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(condition)
