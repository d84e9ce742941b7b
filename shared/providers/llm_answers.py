"""LLMs: nothing comes out of an answer but words for the caller, and tool calls that make sense."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from loguru import logger
from pipecat.frames.frames import Frame, FunctionCallFromLLM, LLMFullResponseEndFrame
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameDirection
from pipecat.services.llm_service import LLMService
from pipecat.utils.errors import ErrorCategory

from shared.bot.persona import MAX_TOOL_CALLS
from shared.languages.normalization.cleaning import clean
from shared.languages.normalization.labels import label_of
from shared.languages.word_split import has_words
from shared.providers.llm_output.reasoning import without_reasoning
from shared.providers.llm_output.stream import AnswerStream, NoAnswer
from shared.providers.llm_output.tool_calls import (
    HANG_UP,
    calls_since_the_caller,
    read_hang_up,
    tool_names,
    with_own_ids,
    without_tools,
)

LONGEST_NOTHING = 80  # characters that can turn out to be nothing once they are cleaned
ROLES = label_of(())  # "Assistant:" with nothing behind it is nothing
MOST_IN_VAIN = 3  # answers that were held back for nothing, after which none is any more
# Models that begin to think before they write: what they write first may be a thought.
REASONS = re.compile(r"think|reason|\br1\b|qwq|magistral")


class ChecksAnswers(LLMService):
    """Mixin for an LLM, put before the vendor's class.

    An answer that is none (nothing to say, a tool call written as text) is an error of the LLM's:
    it is asked for once more, as one that breaks off is.

    Attributes:
        max_tool_calls: In a turn of the caller's; then the LLM has to answer in words.
    """

    # Models that write no beginning of a thought, by their name or as was seen, and how many of
    # their last answers had no end of one either.
    _headless: ClassVar[dict[str, int]] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_tool_calls = MAX_TOOL_CALLS
        self._answer = AnswerStream()
        self._asked: LLMContext | None = None
        self._calls: Sequence[FunctionCallFromLLM] | None = None  # None until all is there
        self._waiting: Sequence[FunctionCallFromLLM] = ()  # for the end of the answer
        self._reported = False  # this answer has failed already

    @property
    def said(self) -> str:
        """The words of the last answer."""
        return self._answer.said

    async def run_inference(self, *args: Any, **kwargs: Any) -> str | None:
        """Ask on the side; what comes is no thought."""
        answer = await super().run_inference(*args, **kwargs)
        return without_reasoning(answer) if answer else answer

    async def run_function_calls(self, function_calls: Sequence[FunctionCallFromLLM]) -> None:
        """Have tools called, behind the words of the answer."""
        if rest := self._answer.end():
            await super()._push_llm_text(rest)
        self._calls = self._waiting = self._accept(function_calls)

    async def push_frame(
        self, frame: Frame, direction: FrameDirection = FrameDirection.DOWNSTREAM
    ) -> None:
        """Push a frame; behind the end of an answer, its tools are called."""
        await super().push_frame(frame, direction)
        if isinstance(frame, LLMFullResponseEndFrame) and self._waiting:
            calls, self._waiting = self._waiting, ()
            await super().run_function_calls(calls)

    async def push_error(self, *args: Any, **kwargs: Any) -> None:
        """Report an error."""
        self._reported |= kwargs.get("category") is not ErrorCategory.APPLICATION
        await super().push_error(*args, **kwargs)

    async def _push_llm_text(self, text: str) -> None:
        if words := self._answer.feed(text):
            await super()._push_llm_text(words)

    async def _process_context(self, context: LLMContext) -> None:
        self._answer = AnswerStream(tool_names(context), holds=self._in_vain < MOST_IN_VAIN)
        self._asked, self._calls, self._waiting, self._reported = context, None, (), False
        ask: Any = super()  # every vendor's class has this, their common one hasn't
        enough = self._calls_left <= 0
        await ask._process_context(without_tools(context) if enough else context)
        if self._reported:
            return
        if self._calls is None:  # not every vendor's class tells that there are none
            await self.run_function_calls(())
        self._apply_event()
        if fault := await self._fault():
            await self.push_error(f"the LLM's answer is none: {fault}", exception=NoAnswer(fault))

    async def _fault(self) -> str:
        """Why this is no answer; "" if it is one."""
        if self._answer.betrayed:
            return "some of its thought was taken for it"
        if self._calls:
            return ""
        if self._answer.call:
            return "it is a tool call written as text"
        if len(self.said) > LONGEST_NOTHING:
            return ""
        if has_words(await clean(self.said, ROLES, frozenset())):
            return ""
        return "there is nothing to say in it"

    def _accept(self, calls: Sequence[FunctionCallFromLLM]) -> Sequence[FunctionCallFromLLM]:
        """Those of the calls that will be made."""
        assert self._asked, "nothing was asked"
        answer, left = self._answer, self._calls_left
        if answer.betrayed:
            return ()
        if not calls and answer.call:
            calls = self._written_hang_up(self._asked)
        made = [call for at, call in enumerate(calls) if at < left or call.function_name == HANG_UP]
        if len(made) < len(calls):
            logger.warning("{}: {} tool calls too many", self, len(calls) - len(made))
        return with_own_ids(made, self._asked.messages)

    def _written_hang_up(self, context: LLMContext) -> Sequence[FunctionCallFromLLM]:
        arguments = read_hang_up(self._answer.call, tool_names(context))
        if arguments is None:
            return ()
        return [FunctionCallFromLLM(HANG_UP, "", arguments, context)]

    @property
    def _calls_left(self) -> int:
        messages = self._asked.messages if self._asked else ()
        return self.max_tool_calls - calls_since_the_caller(messages)

    @property
    def _model(self) -> str:
        return f"{type(self).__name__} {self._settings.model}"

    @property
    def _in_vain(self) -> int:
        """For how many answers the end of a thought was waited for, and didn't come."""
        guess = 0 if REASONS.search(self._model.lower()) else MOST_IN_VAIN
        return self._headless.get(self._model, guess)

    def _apply_event(self) -> None:
        if self._answer.headless:
            self._headless[self._model] = 0
        elif self.said:
            self._headless[self._model] = self._in_vain + 1
