"""A streamed chat completion as Pipecat reads it: every tool call whole, and in a chunk of its own.

Pipecat takes the first call of a chunk only, tells calls apart by their index only, and forgets
those whose arguments are no JSON. Servers that speak OpenAI's protocol differ in all of this.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from openai import AsyncStream
from openai.types.chat import ChatCompletionChunk
from openai.types.chat.chat_completion_chunk import (
    Choice,
    ChoiceDelta,
    ChoiceDeltaToolCall,
    ChoiceDeltaToolCallFunction,
)

from shared.languages.word_split import text_of
from shared.providers.llm_output.stream import NoAnswer
from shared.providers.llm_output.tool_calls import read_arguments


@dataclass(slots=True)
class _Call:
    index: Any
    id: str
    name: str = ""
    arguments: str = ""

    def takes(self, part: ChoiceDeltaToolCall) -> bool:
        """Whether this is a part of it."""
        same_id = not part.id or not self.id or part.id == self.id
        return same_id and part.index == self.index


async def with_whole_calls(
    chunks: AsyncStream[ChatCompletionChunk],
) -> AsyncIterator[ChatCompletionChunk]:
    """The chunks of an answer, and its tool calls behind them.

    Raises:
        NoAnswer: If a call can't be understood; then none of them is made.
    """
    calls: list[_Call] = []
    try:
        async for chunk in chunks:
            if chunk.choices and (delta := chunk.choices[0].delta):
                for part in delta.tool_calls or ():
                    _add(part, calls)
                delta.tool_calls = None
                delta.content = _text(delta.content)
            yield chunk
    finally:
        await chunks.close()
    arguments = [_arguments(call) for call in calls]
    for index, call in enumerate(calls):
        yield _chunk(index, call, json.dumps(arguments[index]))


def _add(part: ChoiceDeltaToolCall, calls: list[_Call]) -> None:
    call = next((call for call in reversed(calls) if call.takes(part)), None)
    if call is None:
        call = _Call(part.index, part.id or "")
        calls.append(call)
    call.id = call.id or part.id or ""
    if part.function:
        call.name = call.name or part.function.name or ""
        call.arguments += part.function.arguments or ""


def _arguments(call: _Call) -> Any:
    if not call.name:
        raise NoAnswer("a tool call in it names no tool")
    return read_arguments(call.name, call.arguments)


def _text(content: Any) -> str | None:
    """A delta's text; Mistral sends thoughts and text as a list of parts."""
    return text_of(content) if isinstance(content, list) else content


def _chunk(index: int, call: _Call, arguments: str) -> ChatCompletionChunk:
    function = ChoiceDeltaToolCallFunction(name=call.name, arguments=arguments)
    whole = ChoiceDeltaToolCall(index=index, id=call.id, type="function", function=function)
    choice = Choice(index=0, delta=ChoiceDelta(tool_calls=[whole]))
    return ChatCompletionChunk(
        id="", choices=[choice], created=0, model="", object="chat.completion.chunk"
    )
