"""A long LLM context is shortened, and no tool call is parted from its result."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipecat.processors.aggregators.llm_context import LLMContext, LLMSpecificMessage

from shared.providers.context_window import (
    LONGEST,
    SHORTEST,
    is_too_long,
    shorten,
    tokens_of,
)

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


def left_of(messages: list[Any], tokens: int) -> list[Any]:
    context = context_of(messages)
    shorten(context, tokens)
    return context.messages


@pytest.mark.parametrize("tools", [0, 1, 3])
@pytest.mark.parametrize("turns", [2, 3, 30])
@pytest.mark.parametrize("part", [0.9, 0.5, 0.2])
def test_the_latest_turns_that_fit_the_llm_context_remain(
    turns: int, tools: int, part: float
) -> None:
    messages = conversation(turns, tools=tools)
    tokens = round(tokens_of(context_of(messages)) * part)
    left = left_of(messages, tokens)
    assert left == messages[-len(left) :]
    assert left[0]["role"] == "user"
    assert is_sound(left)
    per_turn = 3 + 2 * tools
    assert tokens_of(context_of(left)) <= tokens or len(left) < per_turn
    one_more = messages[-len(left) - (2 + 2 * tools) :]
    assert tokens_of(context_of(one_more)) > tokens


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20))
def test_a_shortened_llm_context_keeps_tool_calls_with_their_results(tools: list[int]) -> None:
    messages: list[Message] = [bot("Hello.")]
    for turn, count in enumerate(tools):
        messages += [user(), *(m for n in range(count) for m in tool(10 * turn + n)), bot()]
    context = context_of(messages)
    for _ in range(10):
        before = tokens_of(context)
        if not shorten(context, before // 2):
            break
        assert tokens_of(context) < before
        assert is_sound(context.messages)
    assert context.messages[-1] == messages[-1]


def test_long_results_of_older_tool_calls_go_before_the_words_do() -> None:
    messages = [user(), *tool(1, result="x" * 100_000), bot(), user("And on Sunday?")]
    left = left_of(messages, 2_000)
    assert len(left) == len(messages)
    assert left[2]["content"].startswith("x" * LONGEST)
    assert len(left[2]["content"]) < LONGEST + 50
    assert left[-1] == messages[-1]


@pytest.mark.parametrize("tokens", [5_000, 500, 150])
def test_an_endless_tool_result_that_is_to_be_answered_keeps_its_beginning(tokens: int) -> None:
    messages = [user(), *tool(1, result="x" * 100_000)]
    left = left_of(messages, tokens)
    assert tokens_of(context_of(left)) <= tokens
    assert left[-1]["content"].startswith("x" * SHORTEST)
    assert left[0] == user()


@pytest.mark.parametrize(
    "messages", [[], [user()], [bot()], [user(), *tool(1)], [{"role": "developer", "content": "?"}]]
)
def test_an_llm_context_with_nothing_to_leave_out_remains(messages: list[Message]) -> None:
    context = context_of(messages)
    assert not shorten(context, 1)
    assert context.messages == messages


def test_an_llm_context_that_is_short_enough_stays_as_it_is() -> None:
    messages = conversation(10)
    assert left_of(messages, 8_000) == messages


def test_a_tool_call_still_at_work_keeps_its_place_in_the_context() -> None:
    works = tool(9, result="IN_PROGRESS")
    left = left_of([*conversation(30), user("Book it."), *works, user("Hello?")], 60)
    assert left[-3:] == [*works, user("Hello?")] or left == [user("Hello?")]
    assert is_sound(left)


def test_letters_of_other_scripts_count_as_more_llm_tokens() -> None:
    english, hindi = context_of([user("a" * 400)]), context_of([user("क" * 400)])
    assert tokens_of(english) == pytest.approx(100, abs=20)
    assert tokens_of(hindi) == pytest.approx(300, abs=20)


def test_llm_messages_of_one_vendor_s_form_count_as_tokens_too() -> None:
    context = LLMContext([LLMSpecificMessage(llm="google", message={"thought": b"x" * 400})])
    assert tokens_of(context) >= 100
    assert not shorten(context, 10)


@pytest.mark.parametrize("words", [[{"type": "text", "text": "Hello."}], None])
def test_other_kinds_of_llm_message_content_pass(words: Any) -> None:
    assert left_of([{"role": "user", "content": words}, user()], 1) == [user()]


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
        "Error code: 413 - {'error': {'message': 'Request Entity Too Large'}}",
        "Request too large for model `llama` on tokens per minute (TPM): Limit 6000, Requested "
        "8139, please reduce your message size and try again.",
        "Input validation error: `inputs` must have less than 1024 tokens. Given: 1200",
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097. Given: 5000",
        "input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000",
        "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
        "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
        "Unable to submit request because the input token count is 40000 but model only supports "
        "up to 32768.",
        "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
        "Prompt contains 40000 tokens, too large for model with 32768 maximum context length",
        "{'code': 400, 'type': 'exceed_context_size_error', 'n_ctx': 4096}",
        "Your messages are too long. Please shorten the conversation.",
    ],
)
def test_every_vendor_s_llm_error_about_the_context_length_is_recognised(error: str) -> None:
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
        "Rate limit reached for gpt on tokens per min (TPM): Limit 30000, Used 29000, Requested "
        "2000. Please try again in 2s.",
        "Too many tokens, please wait before trying again.",
        "Too many tokens per minute",
        "This request would exceed your organization's rate limit of 40,000 tokens per minute",
        "Quota exceeded for metric: free_tier_input_token_count, limit: 250000",
        "You exceeded your current quota, please check your plan and billing details.",
        "the LLM's answer is none: there is nothing to say in it",
        "",
    ],
)
def test_other_llm_errors_are_not_about_the_context_length(error: str) -> None:
    assert not is_too_long(error)
