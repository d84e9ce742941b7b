"""The caller's side of the LLM's context, in which a turn that goes on is one message."""

from collections.abc import Mapping
from typing import Any

from pipecat.processors.aggregators.llm_response_universal import LLMUserAggregator
from pipecat.utils.string import TextPartForConcatenation

from shared.conversation.keypad.keypad import PREFIX
from shared.conversation.turns.take_back import TakeBack

CANCELLED = "CANCELLED"  # Pipecat's result of a tool that did nothing to the end


class UserContext(LLMUserAggregator):
    """Pipecat's aggregator, but for a turn that the caller goes on with after its end.

    Both pieces become one message, and what the bot was about to say to the first leaves no trace,
    nor do tools that were cancelled. What a tool has done stays: the second piece then is a message
    of its own.

    Args:
        take_back: Tells of a turn that goes on.

    Attributes:
        went_on: Whether the latest turn went on with the one before.
    """

    def __init__(self, *args: Any, take_back: TakeBack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._take_back = take_back
        self._message: dict[str, Any] = {}  # of the turn that ended last
        self._place = 0  # of it in the context
        self.went_on = False

    async def _push_aggregation(self, *, run_llm: bool = True) -> str:
        if not self._aggregation:
            return ""
        typed = PREFIX in self.aggregation_string()
        self.went_on = bool(self._take_back.text) and not typed and self._take_out(self._place)
        if self.went_on:
            before = TextPartForConcatenation(self._message["content"], False)
            self._aggregation.insert(0, before)
        self._place = len(self._context.messages)
        text = await super()._push_aggregation(run_llm=run_llm)
        self._message = {"role": self.role, "content": text}
        self._take_back.turn_ended("" if PREFIX in text else text)
        return text

    async def _maybe_recover_empty_user_turn(self, interrupted_bot: bool) -> bool:
        """Answer the turn before once more, if it was only a noise that cut off its answer."""
        goes_on = bool(self._take_back.text) and self._take_back.unheard
        if goes_on and self._take_out(self._place + 1):
            self._take_back.turn_ended(self._take_back.text)
            await self.push_context_frame()
            return True
        recovered: bool = await super()._maybe_recover_empty_user_turn(interrupted_bot)
        return recovered

    def _take_out(self, place: int) -> bool:
        """Take out of the context what is there from a place on, unless it can't be undone."""
        messages = self._context.messages
        if messages[self._place : self._place + 1] != [self._message]:
            return False
        answer = messages[self._place + 1 :]
        if any(_has_result(message) for message in answer):
            return False
        kept = [message for message in answer if not _is_bots(message)]
        self._context.set_messages([*messages[:place], *kept])
        return True


def _has_result(message: object) -> bool:
    """Whether a tool has done something."""
    return (
        isinstance(message, Mapping)
        and message.get("role") == "tool"
        and message.get("content") != CANCELLED
    )


def _is_bots(message: object) -> bool:
    return isinstance(message, Mapping) and message.get("role") in ("assistant", "tool")
