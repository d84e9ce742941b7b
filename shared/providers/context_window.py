"""A conversation shortened to what the LLM can take: what is oldest is left out.

A summary in its place would be another request beside the conversation: it spends the rate limit
that the next answer needs, and an LLM on one's own machine answers one request at a time.
"""

import json
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from pipecat.processors.aggregators.llm_context import (
    LLMContext,
    LLMContextMessage,
    LLMSpecificMessage,
)

BYTES_PER_TOKEN = 4  # about; so a letter of Hindi counts three quarters of one
LONGEST = (
    4_000  # characters that are left of a message, such as a tool's result, if all is too long
)
SHORTEST = 250  # characters: no message is cut shorter than that
LEFT_OUT = " … (the rest is left out)"

# OpenAI's codes, and what it and others write: Gemini, vLLM, TGI, Groq, Anthropic, llama.cpp, …
_TOO_LONG = re.compile(
    r"context_length_exceeded|string_above_max_length|exceed_context_size|request_too_large"
    r"|max\w* (?:context|prompt|input|sequence|model) length|context (?:length|window|size|limit)"
    r"|reduce (?:the (?:length|size|number)|your (?:messages?|prompt|input))"
    r"|too many (?:input |prompt )?tokens(?!,? (?:per|please wait))"
    r"|(?:prompt|input|request|messages?|conversation) (?:is |are |was |were )?too (?:long|large)"
    r"|must have less than \d+ tokens|max_new_tokens`? must be <="
    r"|token count.{0,40}(?:exceeds|but)|exceeds?.{0,60}(?:token limit|tokens allowed|context)"
    r"|payload too large|Error code: 413",
    re.IGNORECASE | re.DOTALL,
)


def is_too_long(error: str) -> bool:
    """Whether an LLM's complaint is about the length of what it was sent."""
    return bool(_TOO_LONG.search(error))


def tokens_of(context: LLMContext) -> int:
    """About how many tokens a conversation has; instructions and tools are not counted."""
    return sum(map(_tokens, context.messages))


def shorten(context: LLMContext, tokens: int) -> bool:
    """Leave out of a conversation what makes it longer than so many tokens.

    That is first what is long in older messages, then the oldest of them, and last what is long in
    the caller's last turn. A tool's call and its result stay together, since every LLM refuses one
    without the other: what is left begins with something that the caller said.

    Returns:
        Whether anything could be left out.
    """
    before = tokens_of(context)
    messages = list(context.messages)
    turns = [at for at, message in enumerate(messages) if _role(message) == "user"]
    last = turns[-1] if turns else 0
    messages[:last] = [_cut(message, LONGEST) for message in messages[:last]]
    messages = messages[_beginning(messages, turns, tokens) :]
    longest = LONGEST
    while sum(map(_tokens, messages)) > tokens and longest >= SHORTEST:
        messages = [_cut(message, longest) for message in messages]
        longest //= 2
    context.set_messages(messages)
    return tokens_of(context) < before


def _beginning(messages: Sequence[LLMContextMessage], turns: Sequence[int], tokens: int) -> int:
    """The first turn of the caller's from which on there are no more tokens; else the last one."""
    rest = [*accumulate(map(_tokens, reversed(messages)), initial=0)][::-1]
    if rest[0] <= tokens:
        return 0
    return next((at for at in turns if rest[at] <= tokens), turns[-1] if turns else 0)


def _role(message: LLMContextMessage) -> str:
    return str(message.get("role", "")) if isinstance(message, dict) else ""


def _cut(message: LLMContextMessage, longest: int) -> LLMContextMessage:
    if not isinstance(message, dict):
        return message
    content: Any = message.get("content")
    if not isinstance(content, str) or len(content) <= longest + len(LEFT_OUT):
        return message
    shorter: Any = {**message, "content": content[:longest] + LEFT_OUT}
    return shorter  # type: ignore[no-any-return]


def _tokens(message: LLMContextMessage) -> int:
    fields = message.message if isinstance(message, LLMSpecificMessage) else message
    written = json.dumps(fields, ensure_ascii=False, default=str)
    return len(written.encode(errors="replace")) // BYTES_PER_TOKEN
