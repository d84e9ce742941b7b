"""A long conversation gets shorter, and no tool's call is parted from its result."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.utils.context.llm_context_summarization import LLMContextSummarizationUtil

from shared.conversation.context_window import AT_MOST, LONGEST, bound, is_too_long, shorten

Message = dict[str, Any]


def user(text: str = "What are your opening hours?") -> Message:
    return {"role": "user", "content": text}


def bot(text: str = "We are open from nine to five.") -> Message:
    return {"role": "assistant", "content": text}


def tool(number: int, result: str = '{"free": true}') -> list[Message]:
    call = {
        "id": f"c{number}",
        "type": "function",
        "function": {"name": "look_up", "arguments": "{}"},
    }
    return [
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "content": result, "tool_call_id": f"c{number}"},
    ]


def conversation(turns: int, *, tools: int = 1) -> list[Message]:
    messages: list[Message] = [bot("Hello, this is the clinic.")]
    for turn in range(turns):
        calls = [tool(turn * 10 + number) for number in range(tools)]
        messages += [user(f"question {turn}"), *(m for call in calls for m in call), bot()]
    return messages


def context_of(messages: list[Message]) -> LLMContext:
    context = LLMContext()
    context.set_messages(list(messages))  # type: ignore[arg-type]
    return context


def is_sound(messages: list[Any]) -> bool:
    """Whether an LLM would take them: every result has its call before it, every call a result."""
    asked: list[str] = []
    for message in messages:
        for call in message.get("tool_calls", ()):
            asked.append(call["id"])
        if message["role"] == "tool":
            if message["tool_call_id"] not in asked:
                return False
            asked.remove(message["tool_call_id"])
    return not asked


@pytest.mark.parametrize("tools", [0, 1, 3])
@pytest.mark.parametrize("turns", [2, 3, 30])
def test_about_the_later_half_remains(turns: int, tools: int) -> None:
    messages = conversation(turns, tools=tools)
    context = context_of(messages)
    assert shorten(context)
    left = context.messages
    assert messages[-len(left) :] == left
    assert left[0]["role"] == "user"  # type: ignore[index]
    assert is_sound(left)
    assert len(left) <= len(messages) / 2 + 2 * tools + 2


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20))
def test_however_short_it_gets_it_is_sound(tools: list[int]) -> None:
    messages: list[Message] = [bot("Hello.")]
    for turn, count in enumerate(tools):
        messages += [user(), *(m for n in range(count) for m in tool(10 * turn + n)), bot()]
    context = context_of(messages)
    for _ in range(10):
        before = len(context.messages)
        if not shorten(context):
            break
        assert len(context.messages) < before
        assert is_sound(context.messages)
    assert context.messages


def test_of_one_endless_message_the_beginning_remains() -> None:
    context = context_of([user(), *tool(1, result="x" * 100_000)])
    assert shorten(context)
    result = str(context.messages[-1]["content"])  # type: ignore[index]
    assert result.startswith("x" * LONGEST)
    assert len(result) < LONGEST + 50
    assert not shorten(context)


def test_of_a_single_question_nothing_is_left_out() -> None:
    context = context_of([user()])
    assert not shorten(context)
    assert context.messages == [user()]


def test_a_context_within_its_bound_stays_as_it_is() -> None:
    messages = conversation(10)
    context = context_of(messages)
    bound(context, 8_000)
    assert context.messages == messages


@pytest.mark.parametrize("messages", [conversation(200), [user(), *tool(1, result="y" * 90_000)]])
def test_a_context_beyond_its_bound_is_brought_within_it(messages: list[Message]) -> None:
    context = context_of(messages)
    bound(context, 1_000)
    assert LLMContextSummarizationUtil.estimate_context_tokens(context) <= AT_MOST * 1_000
    assert is_sound(context.messages)
    assert context.messages[-1]["role"] == messages[-1]["role"]  # type: ignore[index]


@pytest.mark.parametrize(
    "error",
    [
        "Error code: 400 - {'error': {'code': 'context_length_exceeded'}}",
        "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens",
        "Please reduce the length of the messages or completion.",
        "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).",
        "prompt is too long: 205000 tokens > 200000 maximum",
        "the request exceeds the available context size",
        "Input is too long for requested model.",
        "too many tokens",
        "Requested tokens (4200) exceed context window of 4096",
        "messages are too large",
    ],
)
def test_complaints_about_the_length_are_known_by_whoever_makes_them(error: str) -> None:
    assert is_too_long(error)


@pytest.mark.parametrize(
    "error",
    [
        "Error code: 401 - invalid api key",
        "Rate limit reached: 30000 tokens per minute",
        "Too many requests",
        "the server had an error",
        "Request timed out.",
        "max_tokens is too large",
        "",
    ],
)
def test_other_complaints_are_not_about_the_length(error: str) -> None:
    assert not is_too_long(error)
