"""The messages that OpenAI's chat completions send."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from simulator.providers.dialogue import Deltas, Said, ToolCall


def chunks(model: str, answer: Said, *, with_usage: bool) -> Iterator[str]:
    """Stream an answer: its words and its calls one by one, then why it ended, then `[DONE]`."""
    head = _head("chat.completion.chunk", model)
    if with_usage:
        head["usage"] = None
    role: dict[str, Any] = {"role": "assistant", "content": ""}
    parts = deltas(answer)
    ends = [*((delta, None) for delta in (role, *parts)), ({}, _finish_reason(answer))]
    for delta, why in ends:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": why}
        yield json.dumps({**head, "choices": [choice]})
    if with_usage:
        yield json.dumps({**head, "choices": [], "usage": _usage(len(parts))})
    yield "[DONE]"


def completion(model: str, answer: Said) -> str:
    """Put a whole answer into one message."""
    parts = deltas(answer)
    content = "".join(part.get("content") or "" for part in parts)
    message: dict[str, Any] = {"role": "assistant", "content": content or None}
    if calls := [call for part in parts for call in part.get("tool_calls", ())]:
        message["tool_calls"] = [
            {key: call[key] for key in ("id", "type", "function")} for call in calls
        ]
    choice = {
        "index": 0,
        "message": message,
        "logprobs": None,
        "finish_reason": _finish_reason(answer),
    }
    usage = _usage(len(parts))
    return json.dumps({**_head("chat.completion", model), "choices": [choice], "usage": usage})


def deltas(answer: Said) -> list[Mapping[str, Any]]:
    """What an answer is streamed in: each word with the white space after it, and each call."""
    if isinstance(answer, Deltas):
        return list(answer.deltas)
    parts = [answer] if isinstance(answer, str | ToolCall) else answer
    streamed: list[Mapping[str, Any]] = []
    calls = 0
    for part in parts:
        if isinstance(part, str):
            streamed += [{"content": token} for token in re.findall(r"\s*\S+\s*|\s+", part)]
        else:
            streamed.append({"tool_calls": [_call(part, calls)]})
            calls += 1
    return streamed


def _finish_reason(answer: Said) -> str:
    if isinstance(answer, Deltas):
        return answer.finish_reason
    return "tool_calls" if any("tool_calls" in delta for delta in deltas(answer)) else "stop"


def _call(call: ToolCall, index: int) -> Mapping[str, Any]:
    arguments = call.arguments
    if not isinstance(arguments, str):
        arguments = json.dumps(dict(arguments))
    return {
        "index": index,
        "id": f"call_{uuid4().hex[:24]}",
        "type": "function",
        "function": {"name": call.name, "arguments": arguments},
    }


def _head(kind: str, model: str) -> dict[str, Any]:
    number = f"chatcmpl-{uuid4().hex}"
    return {"id": number, "object": kind, "created": int(time.time()), "model": model}


def _usage(completion_tokens: int) -> dict[str, int]:
    """Counts of the right shape; the prompt is not tokenised."""
    return {
        "prompt_tokens": 1,
        "completion_tokens": completion_tokens,
        "total_tokens": completion_tokens + 1,
    }
