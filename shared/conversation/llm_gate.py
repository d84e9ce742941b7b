"""The gate before the LLM, which can be closed, and which turns that want no answer don't pass."""

from collections.abc import Callable

from pipecat.frames.frames import Frame, LLMContextFrame
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.languages.word_split import text_of

Unanswered = Callable[[str], bool]


def nothing(text: str) -> bool:
    """Every turn wants an answer."""
    return False


class LLMGate(FrameProcessor):
    """Sits before the LLM; once closed, it is asked nothing any more.

    Args:
        unanswered: Tells of a turn's words whether they want no answer of the LLM.
    """

    def __init__(self, unanswered: Unanswered = nothing) -> None:
        super().__init__()
        self.closed = False
        self.unanswered = unanswered

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Pass everything on but what the LLM is not to be asked."""
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame) and (self.closed or self._is_done(frame.context)):
            return
        await self.push_frame(frame, direction)

    def _is_done(self, context: LLMContext) -> bool:
        match context.messages[-1:]:
            case [{"role": "user", "content": content}]:
                return self.unanswered(text_of(content))
        return False


def unanswered_by(*gates: LLMGate | None) -> Unanswered:
    """Tells of a turn's words whether one of the gates keeps them from the LLM."""
    present = [gate for gate in gates if gate]

    def unanswered(text: str) -> bool:
        return any(gate.unanswered(text) for gate in present)

    return unanswered
