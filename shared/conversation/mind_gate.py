"""The way to the mind, which can be closed: who has answered the call is a machine."""

from pipecat.frames.frames import Frame, LLMContextFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor


class MindGate(FrameProcessor):
    """Sits before the mind; once closed, it is asked nothing any more."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Pass everything on, but no question to the mind once closed."""
        await super().process_frame(frame, direction)
        if not (self.closed and isinstance(frame, LLMContextFrame)):
            await self.push_frame(frame, direction)
