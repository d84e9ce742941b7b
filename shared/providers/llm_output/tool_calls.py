"""The tool calls in an LLM's answer: how they are read, and how many there may be in a turn."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from pipecat.frames.frames import FunctionCallFromLLM
from pipecat.processors.aggregators.llm_context import LLMContext, LLMContextMessage, is_given

from shared.providers.llm_output.stream import NoAnswer

HANG_UP = "hang_up"  # understood by its name alone
ENOUGH = (
    "You have called enough tools for this question. Answer the caller now with what you know, in "
    "words. You can't call a tool for this answer."
)
_GOODBYE = re.compile(
    r"""goodbye["']?\s*(?:[:=]\s*(?P<quote>["'])(?P<quoted>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
    r"""|>\s*(?P<tagged>[^<]+))""",
    re.DOTALL,
)


class UnreadableArguments(NoAnswer):
    """A tool call's arguments are no JSON object: cut off, or never one."""


def read_arguments(tool: str, text: str) -> Mapping[str, Any]:
    """The arguments of a call, as an LLM wrote them.

    Raises:
        UnreadableArguments: If they can't be understood. A hang-up always can.
    """
    try:
        arguments = json.loads(text) if text.strip() else {}
        if isinstance(arguments, str):  # JSON in JSON
            arguments = json.loads(arguments) if arguments.strip() else {}
    except (ValueError, RecursionError):
        arguments = text
    if isinstance(arguments, Mapping):
        return arguments
    if not arguments:  # null or [], for none
        return {}
    if tool == HANG_UP:
        return {"goodbye": _goodbye(text)}
    raise UnreadableArguments(f"the arguments for its tool {tool} can't be read")


def read_hang_up(text: str, tools: frozenset[str]) -> Mapping[str, Any] | None:
    """The arguments of a hang-up that was written as text; None if it is no call of that alone."""
    named = {tool for tool in tools if re.search(rf"(?<!\w){re.escape(tool)}(?!\w)", text)}
    return {"goodbye": _goodbye(text)} if named == {HANG_UP} else None


def tool_names(context: LLMContext) -> frozenset[str]:
    """The names of those that an LLM may call."""
    tools = context.tools
    return frozenset(tool.name for tool in tools.standard_tools) if is_given(tools) else frozenset()


def with_own_ids(
    calls: Sequence[FunctionCallFromLLM], messages: Sequence[LLMContextMessage]
) -> list[FunctionCallFromLLM]:
    """The calls, each with an id that no other call has: a result finds its call by that alone."""
    known = {call["id"] for message in messages for call in _calls_in(message)}
    unique = []
    for call in calls:
        if not call.tool_call_id or call.tool_call_id in known:
            # Mistral takes nine letters and digits, the others anything.
            call = replace(call, tool_call_id=uuid4().hex[:9])
        known.add(call.tool_call_id)
        unique.append(call)
    return unique


def calls_since_the_caller(messages: Sequence[LLMContextMessage]) -> int:
    """How many tools were called since the caller said something."""
    count = 0
    for message in reversed(messages):
        if isinstance(message, dict) and message.get("role") == "user":
            break
        count += len(_calls_in(message))
    return count


def without_tools(context: LLMContext) -> LLMContext:
    """The same conversation, for one answer in words."""
    enough: LLMContextMessage = {"role": "developer", "content": ENOUGH}
    return LLMContext(messages=[*context.messages, enough])


def _goodbye(text: str) -> str:
    """The last words, if they are there to their end; "" for the usual ones."""
    found = _GOODBYE.search(text)
    if not found:
        return ""
    words = found["tagged"] or found["quoted"]
    return re.sub(r"\\(?:n|(.))", lambda escaped: escaped[1] or " ", words).strip()


def _calls_in(message: LLMContextMessage) -> Sequence[Any]:
    calls: Any = message.get("tool_calls") if isinstance(message, dict) else None
    return calls or ()
