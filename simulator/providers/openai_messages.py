"""The messages that OpenAI's chat completions send."""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from simulator.providers.dialogue import ToolCall

Answer = str | ToolCall | Sequence[ToolCall]


def chunks(model: str, answer: Answer, *, with_usage: bool) -> Iterator[str]:
    """Stream an answer: its words or its calls one by one, then why it ended, then `[DONE]`."""
    head = _head("chat.completion.chunk", model)
    if with_usage:
        head["usage"] = None
    role: dict[str, Any] = {"role": "assistant", "content": ""}
    deltas: list[dict[str, Any]] = [{"content": token} for token in tokens(answer)]
    deltas += [{"tool_calls": [call]} for call in _calls(answer)]
    reason = "tool_calls" if _calls(answer) else "stop"
    for delta, why in [(role, None), *((delta, None) for delta in deltas), ({}, reason)]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": why}
        yield json.dumps({**head, "choices": [choice]})
    if with_usage:
        yield json.dumps({**head, "choices": [], "usage": _usage(len(deltas))})
    yield "[DONE]"


def completion(model: str, answer: Answer) -> str:
    """Put a whole answer into one message."""
    calls = [{key: call[key] for key in ("id", "type", "function")} for call in _calls(answer)]
    message: dict[str, Any] = {"role": "assistant", "content": "".join(tokens(answer)) or None}
    if calls:
        message["tool_calls"] = calls
    choice = {
        "index": 0,
        "message": message,
        "logprobs": None,
        "finish_reason": "tool_calls" if calls else "stop",
    }
    usage = _usage(len(tokens(answer)) + len(calls))
    return json.dumps({**_head("chat.completion", model), "choices": [choice], "usage": usage})


def tokens(answer: Answer) -> list[str]:
    """The words of an answer, each with the white space after it."""
    return re.findall(r"\S+\s*", answer) if isinstance(answer, str) else []


def _calls(answer: Answer) -> list[Mapping[str, Any]]:
    if isinstance(answer, str):
        return []
    calls = [answer] if isinstance(answer, ToolCall) else answer
    return [
        {
            "index": index,
            "id": f"call_{uuid4().hex[:24]}",
            "type": "function",
            "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments))},
        }
        for index, call in enumerate(calls)
    ]


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
