"""The LLM's context when a caller goes on with a turn: one message, and no trace of its answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from pipecat.frames.frames import LLMContextFrame, TranscriptionFrame
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMUserAggregatorParams
from pipecat.turns.user_start import TranscriptionUserTurnStartStrategy
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies

from shared.conversation.turns.take_back import TakeBack
from shared.conversation.user_context import UserContext
from tests.support.pipeline import Stage, on_stage, settle
from tests.support.virtual_time import in_virtual_time, now

BEFORE: dict[str, Any] = {"role": "assistant", "content": "What is your number?"}
ANSWER: dict[str, Any] = {"role": "assistant", "content": "That is"}
NOTE: dict[str, Any] = {"role": "developer", "content": "It rains."}


def called(result: str) -> list[dict[str, Any]]:
    call = {"id": "1", "function": {"name": "book", "arguments": "{}"}, "type": "function"}
    return [
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "content": result, "tool_call_id": "1"},
    ]


class Talk:
    """A caller who says things to an aggregator."""

    def __init__(self, stage: Stage, user: UserContext, take_back: TakeBack) -> None:
        self.stage = stage
        self.user = user
        self.take_back = take_back

    async def says(self, text: str, *, goes_on: bool = False) -> None:
        if goes_on:
            self.take_back.turn_started(now())
        await self.stage.plays(TranscriptionFrame(text, "", ""))
        await self.user.push_aggregation()
        await settle()
        self.take_back.text = ""

    def heard(self, *messages: dict[str, Any]) -> None:
        """What the bot has said, and its tools done."""
        self.user.context.add_messages([*messages])

    @property
    def messages(self) -> list[Any]:
        return [*self.user.context.messages]


@asynccontextmanager
async def talk() -> AsyncIterator[Talk]:
    take_back = TakeBack()
    strategies = UserTurnStrategies(
        start=[TranscriptionUserTurnStartStrategy()],
        stop=[SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=99)],
    )
    user = UserContext(
        LLMContext(cast(Any, [BEFORE])),
        params=LLMUserAggregatorParams(user_turn_strategies=strategies),
        take_back=take_back,
    )
    async with on_stage(user) as stage:
        yield Talk(stage, user, take_back)


def said(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


@pytest.mark.parametrize(
    "answer", [[], [ANSWER], called("CANCELLED"), [*called("CANCELLED"), ANSWER]]
)
@in_virtual_time
async def test_a_turn_that_goes_on_is_one_message_without_a_trace_of_its_answer(
    answer: list[dict[str, Any]],
) -> None:
    async with talk() as caller:
        await caller.says("nine eight seven")
        caller.heard(*answer)
        await caller.says("six five", goes_on=True)
        assert caller.messages == [BEFORE, said("nine eight seven six five")]
        assert caller.user.went_on
        assert len(caller.stage.of(LLMContextFrame)) == 2


@in_virtual_time
async def test_a_turn_can_go_on_again_and_again() -> None:
    async with talk() as caller:
        await caller.says("nine")
        for digit in ("eight", "seven", "six"):
            caller.heard(ANSWER)
            await caller.says(digit, goes_on=True)
        assert caller.messages == [BEFORE, said("nine eight seven six")]


@in_virtual_time
async def test_a_new_turn_is_a_message_of_its_own() -> None:
    async with talk() as caller:
        await caller.says("nine eight seven")
        caller.heard(ANSWER)
        await caller.says("six five")
        assert caller.messages == [BEFORE, said("nine eight seven"), ANSWER, said("six five")]
        assert not caller.user.went_on


@pytest.mark.parametrize("result", ['{"booked": 1}', "IN_PROGRESS", "COMPLETED"])
@in_virtual_time
async def test_what_a_tool_has_done_stays_in_the_context(result: str) -> None:
    async with talk() as caller:
        await caller.says("book it")
        caller.heard(*called(result))
        await caller.says("for monday", goes_on=True)
        assert caller.messages == [BEFORE, said("book it"), *called(result), said("for monday")]
        assert not caller.user.went_on


@in_virtual_time
async def test_notes_of_others_stay_in_the_context() -> None:
    async with talk() as caller:
        await caller.says("book it")
        caller.heard(ANSWER, NOTE)
        await caller.says("for monday", goes_on=True)
        assert caller.messages == [BEFORE, NOTE, said("book it for monday")]


@in_virtual_time
async def test_a_context_that_was_written_anew_is_left_alone() -> None:
    async with talk() as caller:
        await caller.says("book it")
        caller.user.context.set_messages(cast(Any, [NOTE]))
        await caller.says("for monday", goes_on=True)
        assert caller.messages == [NOTE, said("for monday")]


@in_virtual_time
async def test_keys_are_a_message_of_their_own_on_either_side() -> None:
    async with talk() as caller:
        await caller.says("my PIN is")
        await caller.says("DTMF: 1234", goes_on=True)
        await caller.says("hello", goes_on=True)
        assert caller.messages[1:] == [said("my PIN is"), said("DTMF: 1234"), said("hello")]


@in_virtual_time
async def test_a_noise_before_the_answer_is_heard_has_it_made_once_more() -> None:
    async with talk() as caller:
        await caller.says("nine eight seven")
        caller.heard(*called("CANCELLED"))
        caller.take_back.turn_started(now())
        assert await caller.user._maybe_recover_empty_user_turn(interrupted_bot=True)
        await settle()
        assert caller.messages == [BEFORE, said("nine eight seven")]
        assert len(caller.stage.of(LLMContextFrame)) == 2
        await caller.says("six", goes_on=True)
        assert caller.messages == [BEFORE, said("nine eight seven six")]
