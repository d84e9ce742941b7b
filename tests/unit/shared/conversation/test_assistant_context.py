"""In the LLM's context every tool call has its result, in whatever order its frames come."""

from typing import Any

import pytest
from pipecat.frames.frames import (
    Frame,
    FunctionCallCancelFrame,
    FunctionCallFromLLM,
    FunctionCallInProgressFrame,
    FunctionCallResultFrame,
    FunctionCallsStartedFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext

from shared.conversation.assistant_context import AssistantContext
from tests.support.pipeline import on_stage


def started(*ids: str) -> Frame:
    return FunctionCallsStartedFrame([FunctionCallFromLLM("book", id_, {}, None) for id_ in ids])


def at_work(id_: str, *, kept: bool = False) -> Frame:
    return FunctionCallInProgressFrame("book", id_, {}, cancel_on_interruption=not kept)


def cancelled(id_: str) -> Frame:
    return FunctionCallCancelFrame("book", id_)


def done(id_: str) -> Frame:
    return FunctionCallResultFrame("book", id_, {}, {"booked": id_})


async def context_after(*frames: Frame) -> tuple[AssistantContext, dict[str, Any]]:
    """The aggregator, and the results in its context by the calls' ids."""
    context = LLMContext()
    aggregator = AssistantContext(context)
    async with on_stage(aggregator) as stage:
        for frame in frames:
            await stage.plays(frame)
    messages: Any = context.messages
    return aggregator, {m["tool_call_id"]: m["content"] for m in messages if m["role"] == "tool"}


@pytest.mark.parametrize(
    ("frames", "results"),
    [
        ((started("1"), at_work("1"), cancelled("1")), {"1": "CANCELLED"}),
        ((started("1"), cancelled("1"), at_work("1")), {"1": "CANCELLED"}),
        ((cancelled("1"), started("1"), at_work("1")), {"1": "CANCELLED"}),
        ((started("1"), cancelled("1"), at_work("1"), done("1")), {"1": "CANCELLED"}),
        ((started("1"), at_work("1"), done("1"), cancelled("1")), {"1": '{"booked": "1"}'}),
        (
            (started("1", "2"), cancelled("1"), at_work("1"), at_work("2"), done("2")),
            {"1": "CANCELLED", "2": '{"booked": "2"}'},
        ),
        (
            (started("1", "2"), cancelled("1"), cancelled("2"), at_work("1"), at_work("2")),
            {"1": "CANCELLED", "2": "CANCELLED"},
        ),
    ],
)
async def test_every_tool_call_has_its_result_in_the_context(
    frames: tuple[Frame, ...], results: dict[str, str]
) -> None:
    aggregator, found = await context_after(*frames)
    assert found == results
    assert not aggregator.has_function_calls_in_progress


async def test_a_tool_call_words_dont_cancel_has_its_end_in_a_later_context_message() -> None:
    aggregator, found = await context_after(started("1"), cancelled("1"), at_work("1", kept=True))
    assert "running" in found["1"]  # Pipecat's notice of the end is a message of its own
    assert not aggregator.has_function_calls_in_progress
    assert "cancelled" in str(aggregator.context.messages[-1])
