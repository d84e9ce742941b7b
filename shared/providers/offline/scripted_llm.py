"""Pipecat's LLM stage without a model: it answers from the script."""

import re
from uuid import uuid4

from pipecat.frames.frames import (
    EndWorkerFrame,
    Frame,
    FunctionCallFromLLM,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    StartFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameDirection
from pipecat.services.llm_service import LLMService
from pipecat.services.settings import LLMSettings

from shared.providers.offline import dialogue
from shared.providers.offline.dialogue import Reply, ToolCall
from shared.providers.offline.frames import ExpectPhrasesFrame
from shared.providers.offline.tools import book_appointment


class ScriptedLLMService(LLMService):
    """Keeps an LLM's contract: a context comes in, words or a function call go out.

    Upstream it tells the recogniser what the caller may say next.
    """

    def __init__(
        self, *, opening: str = dialogue.OPENING, system_instruction: str | None = None
    ) -> None:
        """Prepare to answer, at no cost.

        Args:
            opening: What is said first, which tells the script who rang whom; others say it.
            system_instruction: Taken as any LLM takes it, and ignored: the script is fixed.
        """
        super().__init__(
            settings=LLMSettings(
                model="scripted",
                system_instruction=system_instruction,
                temperature=None,
                max_tokens=None,
                top_p=None,
                top_k=None,
                frequency_penalty=None,
                presence_penalty=None,
                seed=None,
                filter_incomplete_user_turns=False,
                user_turn_completion_config=None,
            )
        )
        self._opening = opening
        self.register_function(dialogue.BOOK_APPOINTMENT, book_appointment)

    def can_generate_metrics(self) -> bool:
        """Say yes: time to first byte is reported, so the demo's figures are complete."""
        return True

    async def start(self, frame: StartFrame) -> None:
        """Say what the opening may be answered with."""
        await super().start(frame)
        expects = dialogue.reply([], self._opening).expects
        await self.push_frame(ExpectPhrasesFrame(expects), FrameDirection.UPSTREAM)

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Answer a context and pass every other frame on."""
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            await self._answer(frame.context)
        else:
            await self.push_frame(frame, direction)

    async def _answer(self, context: LLMContext) -> None:
        await self.start_ttfb_metrics()
        messages = [m for m in context.messages if isinstance(m, dict)]
        reply = dialogue.reply(messages, self._opening)
        await self.stop_ttfb_metrics()
        await self.push_frame(ExpectPhrasesFrame(reply.expects), FrameDirection.UPSTREAM)
        await self.push_frame(LLMFullResponseStartFrame())
        try:
            await self._carry_out(reply, context)
        finally:
            await self.push_frame(LLMFullResponseEndFrame())
        if reply.ends:
            await self.push_frame(EndWorkerFrame(reason="goodbye"))

    async def _carry_out(self, reply: Reply, context: LLMContext) -> None:
        if reply.call:
            await self.run_function_calls([_function_call(reply.call, context)])
        for word in re.findall(r"\S+\s*", reply.text):
            await self._push_llm_text(word)


def _function_call(call: ToolCall, context: LLMContext) -> FunctionCallFromLLM:
    return FunctionCallFromLLM(
        function_name=call.name,
        tool_call_id=str(uuid4()),
        arguments=call.arguments,
        context=context,
    )
