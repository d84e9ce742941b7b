"""A call of ten minutes with tool calls: its last turns cost no more than its first."""

import gc
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pytest
import pytest_asyncio
from pipecat.frames.frames import (
    Frame,
    LLMFullResponseEndFrame,
    LLMMessagesAppendFrame,
    LLMTextFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMUserAggregator
from pipecat.services.llm_service import FunctionCallParams

from shared.bot.persona import Persona
from shared.clock import loop_time
from shared.conversation.assistant_context import AssistantContext
from shared.conversation.tools import tools_of
from shared.providers.context_window import tokens_of
from shared.providers.selection import Providers as Rows
from shared.settings.settings import Settings
from simulator.providers import Behaviour, Completion, Providers, Refusal, ToolCall, run_providers
from simulator.providers.dialogue import Answer, Message
from tests.support.bots import database_in
from tests.support.pipeline import on_stage, settle
from tests.support.sink import Sink

TURNS = 60
MAX_TOKENS = 2_000
FULL_AT = 30  # the turn from which on the LLM takes only half of that
RESULT = {"slots": [f"{hour}:00 with Doctor Rao in the second room" for hour in range(9, 18)]}
GROWTH = 30  # frames and messages; there are some for each of the last forty turns


async def look_up(params: FunctionCallParams, day: str) -> dict[str, Any]:
    """Look up when there is time on a day."""
    return RESULT


@dataclass
class Talk:
    """What became of the call."""

    context: LLMContext
    requests: list[str] = field(default_factory=list)  # their messages, as JSON
    answers: list[str] = field(default_factory=list)
    secs: list[float] = field(default_factory=list)  # for each answer
    tokens: list[int] = field(default_factory=list)  # of the conversation, behind each answer
    grown: int = 0  # frames and messages in memory, over the last forty turns


def turn_of(messages: Sequence[Message]) -> int:
    asked = [str(m["content"]) for m in messages if m["role"] == "user"]
    return int(asked[-1].split()[1].rstrip("."))


def reply(messages: Sequence[Message]) -> Answer:
    turn = turn_of(messages)
    if turn >= FULL_AT and len(json.dumps(messages)) // 4 > MAX_TOKENS // 2:
        return Refusal(400, {"message": "It is too long", "code": "context_length_exceeded"})
    if messages[-1]["role"] != "tool":
        return ToolCall("look_up", {"day": f"day {turn}"})
    return f"On day {turn} there is time at nine, at ten and at eleven, with Doctor Rao."


async def talk(providers: Providers, folder: str) -> Talk:
    settings = Settings.parse(
        {**providers.env, **database_in(folder), "MAX_CONTEXT_TOKENS": str(MAX_TOKENS)}
    )
    persona = Persona("You answer a test call.", tools=(look_up,))
    llm = Rows.choose(settings).build(persona).llm
    talked = Talk(LLMContext(tools=list(tools_of(persona, can_transfer=False))))
    listener, said = LLMUserAggregator(talked.context), Sink()
    assistant_aggregator = AssistantContext(talked.context, _paired_user_aggregator=listener)
    async with on_stage(listener, llm, said, assistant_aggregator) as stage:
        for turn in range(TURNS):
            if turn == TURNS // 3:
                before = kept()
            began = loop_time()
            question: Any = {"role": "user", "content": f"Day {turn}. When is there time?"}
            await stage.worker.queue_frame(LLMMessagesAppendFrame([question], run_llm=True))
            await said.until(lambda: len(said.of(LLMFullResponseEndFrame)) == 2)
            talked.secs.append(loop_time() - began)
            talked.answers.append("".join(frame.text for frame in said.of(LLMTextFrame)))
            await settle()
            talked.tokens.append(tokens_of(talked.context))
            talked.requests += [json.dumps(r.messages) for r in providers.asked(Completion)]
            providers.requests.clear()
            for frames in (said.frames, stage.down, stage.up):
                frames.clear()
        talked.grown = kept() - before
    return talked


def kept() -> int:
    """How many frames and messages are in memory."""
    gc.collect()
    every = gc.get_objects()
    return sum(issubclass(type(o), Frame) or (type(o) is dict and "role" in o) for o in every)


@pytest.fixture(autouse=True)
def log() -> list[str]:
    """Here a warning is what it is about."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    behaviour = Behaviour(llm_latency=0.0, llm_token_interval=0.0)
    async with run_providers(behaviour, reply=reply) as providers:
        yield await talk(providers, str(tmp_path_factory.mktemp("calls")))


def test_a_shorter_llm_context_still_answers_every_question(talked: Talk) -> None:
    assert len(talked.answers) == TURNS
    for turn, words in enumerate(talked.answers):
        assert words.startswith(f"On day {turn} there is time")


def test_the_llm_context_of_a_long_call_has_its_bounds(talked: Talk) -> None:
    sizes = [len(request) // 4 for request in talked.requests]
    assert max(sizes) < 1.2 * MAX_TOKENS
    assert max(talked.tokens) < 1.2 * MAX_TOKENS
    assert max(talked.tokens[FULL_AT:]) < 0.6 * MAX_TOKENS
    assert min(talked.tokens[10:]) > MAX_TOKENS / 8  # it isn't forgetful either


def test_a_too_long_llm_context_is_not_refused_in_every_turn(talked: Talk) -> None:
    assert len(talked.requests) < 2 * TURNS + 6


def test_each_tool_call_of_a_long_call_has_its_result(talked: Talk) -> None:
    for request in talked.requests:
        messages: Sequence[Mapping[str, Any]] = json.loads(request)
        calls = [call["id"] for m in messages for call in m.get("tool_calls") or ()]
        results = [m["tool_call_id"] for m in messages if m["role"] == "tool"]
        assert calls == results


def test_answer_latency_does_not_grow_in_a_long_call(talked: Talk) -> None:
    assert median(talked.secs[-15:]) < 3 * median(talked.secs[:15]) + 0.1


def test_memory_does_not_grow_in_a_long_call(talked: Talk) -> None:
    assert talked.grown < GROWTH
