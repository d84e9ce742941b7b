"""OpenAI's LLM as simulated: streamed answers, tool calls, usage, latency and refusals."""

import asyncio
import json
from collections.abc import Sequence

from simulator.providers import (
    Behaviour,
    Cancelled,
    Completion,
    Deltas,
    ToolCall,
    run_providers,
)
from simulator.providers.dialogue import DONE, GREETING, Message, default_reply
from tests.support.provider_clients import openai, question, settled, streamed

QUICK = Behaviour(llm_latency=0.0, llm_token_interval=0.0)
BOOK = ToolCall("book_appointment", {"day": "Tuesday"})


def calls_tools(messages: Sequence[Message]) -> Sequence[ToolCall]:
    return (BOOK, ToolCall("say_goodbye"))


async def test_an_llm_answer_is_streamed_word_by_word() -> None:
    async with run_providers(QUICK) as providers, openai(providers) as client:
        events = await streamed(client, question("hello there"))
    assert events[-1] == "[DONE]"
    chunks = [json.loads(event)["choices"][0] for event in events[:-1]]
    words = [chunk["delta"]["content"] for chunk in chunks[1:-1]]
    assert words == ["You ", "said: ", "hello ", "there."]
    assert chunks[0]["delta"]["role"] == "assistant"
    assert chunks[-1]["delta"] == {} and chunks[-1]["finish_reason"] == "stop"


async def test_llm_token_usage_comes_last_when_asked_for() -> None:
    body = question("hello", stream_options={"include_usage": True})
    async with run_providers(QUICK) as providers, openai(providers) as client:
        events = await streamed(client, body)
    usage = json.loads(events[-2])
    assert usage["choices"] == []
    counts = usage["usage"]
    assert counts["total_tokens"] == counts["prompt_tokens"] + counts["completion_tokens"]


async def test_tool_calls_come_one_per_chunk_with_rising_index() -> None:
    async with run_providers(QUICK, reply=calls_tools) as providers, openai(providers) as client:
        events = await streamed(client, question("tuesday please"))
    chunks = [json.loads(event)["choices"][0] for event in events[:-1]]
    calls = [chunk["delta"]["tool_calls"] for chunk in chunks[1:-1]]
    assert [[call["index"] for call in chunk] for chunk in calls] == [[0], [1]]
    assert calls[0][0]["function"] == {
        "name": "book_appointment",
        "arguments": '{"day": "Tuesday"}',
    }
    assert chunks[-1]["finish_reason"] == "tool_calls"


async def test_words_come_beside_a_tool_call_in_their_order() -> None:
    beside: list[str | ToolCall] = ["Let me see.", ToolCall("look_up", '{"name": "Mee')]  # cut
    async with (
        run_providers(QUICK, reply=lambda messages: beside) as providers,
        openai(providers) as client,
    ):
        events = await streamed(client, question("who is it"))
    *deltas, last = [json.loads(event)["choices"][0] for event in events[1:-1]]
    assert [delta["delta"].get("content") for delta in deltas] == ["Let ", "me ", "see.", None]
    (call,) = deltas[-1]["delta"]["tool_calls"]
    assert call["function"] == {"name": "look_up", "arguments": '{"name": "Mee'}
    assert last["finish_reason"] == "tool_calls"


async def test_an_llm_answer_can_be_anything_that_goes_over_the_wire() -> None:
    odd = Deltas([{"reasoning_content": "Hm."}, {"content": " "}], "length")
    async with (
        run_providers(QUICK, reply=lambda messages: odd) as providers,
        openai(providers) as client,
    ):
        events = await streamed(client, question("hello"))
    chunks = [json.loads(event)["choices"][0] for event in events[1:-1]]
    assert [chunk["delta"] for chunk in chunks] == [*odd.deltas, {}]
    assert chunks[-1]["finish_reason"] == "length"


async def test_an_llm_answer_without_streaming_is_one_message() -> None:
    async with run_providers(QUICK) as providers, openai(providers) as client:
        text = (await client.post("/chat/completions", json=question("hello"))).json()
        providers.reply = lambda messages: BOOK
        call = (await client.post("/chat/completions", json=question("tuesday"))).json()
    assert text["object"] == "chat.completion"
    assert text["choices"][0]["message"]["content"] == "You said: hello."
    (tool_call,) = call["choices"][0]["message"]["tool_calls"]
    assert tool_call.keys() == {"id", "type", "function"}
    assert call["choices"][0]["finish_reason"] == "tool_calls"


async def test_llm_tokens_come_after_the_latency_and_at_their_interval() -> None:
    behaviour = Behaviour(llm_latency=0.2, llm_token_interval=0.05)
    async with run_providers(behaviour) as providers, openai(providers) as client:
        loop = asyncio.get_running_loop()
        times = [loop.time()]
        body = question("one two three", stream=True)
        async with client.stream("POST", "/chat/completions", json=body) as answer:
            async for line in answer.aiter_lines():
                if "You " in line or "three" in line:
                    times.append(loop.time())
    asked, first, last = times
    assert 0.19 < first - asked < 0.4
    assert 0.19 < last - first < 0.5  # five tokens, and so four intervals


async def test_llm_requests_are_kept() -> None:
    tools = [{"type": "function", "function": {"name": "hang_up"}}]
    async with run_providers(QUICK) as providers, openai(providers) as client:
        await streamed(client, question("hello", tools=tools))
    (asked,) = providers.asked(Completion)
    assert asked.messages == [{"role": "user", "content": "hello"}]
    assert asked.tools == tools
    assert asked.stream


async def test_a_client_that_disconnects_cancels_its_llm_answer() -> None:
    async with run_providers(Behaviour(llm_token_interval=1)) as providers:
        async with openai(providers) as client:
            body = question("tell me a story", stream=True)
            async with client.stream("POST", "/chat/completions", json=body) as answer:
                await anext(answer.aiter_lines())
                assert providers.connections["llm"].open == 1
        await settled(providers)
    assert [cancelled.provider for cancelled in providers.asked(Cancelled)] == ["llm"]


async def test_llm_requests_without_key_or_messages_are_refused() -> None:
    async with run_providers(QUICK) as providers, openai(providers) as client:
        keyless = {"Authorization": ""}
        url = "/chat/completions"
        assert (await client.post(url, json=question("x"), headers=keyless)).status_code == 401
        for body in (b"{", b"[]", b'{"model": "x"}', b"\xff"):
            answer = await client.post(url, content=body)
            assert answer.status_code == 400 and "message" in answer.json()["error"]


def test_the_default_llm_reply_greets_answers_tells_and_echoes() -> None:
    def reply(text: str | list[dict[str, str]]) -> str:
        return default_reply(
            [{"role": "system", "content": "x"}, {"role": "user", "content": text}]
        )

    assert default_reply([]) == GREETING
    assert "nine to five" in reply("what are your opening hours")
    assert reply("tell me a story").count(".") >= 3
    assert reply([{"type": "text", "text": "Hello!"}]) == "You said: Hello."
    assert default_reply([{"role": "user", "content": "x"}, {"role": "tool"}]) == DONE
