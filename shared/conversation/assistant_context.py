"""The bot's side of the LLM's context, in which every tool call gets its result."""

from typing import Any

from pipecat.frames.frames import FunctionCallCancelFrame, FunctionCallInProgressFrame
from pipecat.processors.aggregators.llm_response_universal import LLMAssistantAggregator


class AssistantContext(LLMAssistantAggregator):
    """Pipecat's aggregator, but for one order of frames that it doesn't expect.

    That a tool works is told behind the words before it, and so waits in the TTS; that it was
    cancelled is told at once. When the caller interrupts these words, the end comes first, and
    Pipecat would write `IN_PROGRESS` into the context for good.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ended_early: dict[str, FunctionCallCancelFrame] = {}  # by the call's id

    async def _handle_function_call_in_progress(self, frame: FunctionCallInProgressFrame) -> None:
        await super()._handle_function_call_in_progress(frame)
        if cancel := self._ended_early.pop(frame.tool_call_id, None):
            await super()._handle_function_call_cancel(cancel)

    async def _handle_function_call_cancel(self, frame: FunctionCallCancelFrame) -> None:
        if not self._function_calls_in_progress.get(frame.tool_call_id):
            self._ended_early[frame.tool_call_id] = frame
        await super()._handle_function_call_cancel(frame)
