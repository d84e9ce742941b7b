"""Whether the LLM is still at its answer, while the voice already speaks."""

from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor


class LLMActivity(FrameProcessor):
    """Sits between the LLM and the voice, which holds back the end of an answer.

    Attributes:
        goes_on: Whether an answer has begun and not ended.
    """

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = False

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Take note of beginnings and ends; pass everything on."""
        await super().process_frame(frame, direction)
        match frame:
            case LLMFullResponseStartFrame():
                self.goes_on = True
            case LLMFullResponseEndFrame() | InterruptionFrame():
                self.goes_on = False
        await self.push_frame(frame, direction)
