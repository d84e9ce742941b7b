"""The LLM's writing, as it is seen before the TTS, which holds back the end of a response."""

from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.watchdog.response_timer import ResponseTimer


class LLMActivity(FrameProcessor):
    """Sits between the LLM and the TTS.

    Args:
        timer: Told when the LLM begins to write, and when it stops.
    """

    def __init__(self, timer: ResponseTimer) -> None:
        super().__init__()
        self._timer = timer

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Note where a response begins and ends; pass everything on."""
        await super().process_frame(frame, direction)
        match frame:
            case LLMFullResponseStartFrame():
                self._timer.llm_writes(writes=True)
            case LLMFullResponseEndFrame() | InterruptionFrame():
                self._timer.llm_writes(writes=False)
        await self.push_frame(frame, direction)
