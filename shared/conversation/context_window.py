"""How much of a long conversation the LLM is told: what is old is summed up, or left out."""

import re
from collections.abc import Sequence
from typing import Any

from pipecat.processors.aggregators.llm_context import LLMContext, LLMContextMessage
from pipecat.processors.aggregators.llm_response_universal import LLMAssistantAggregatorParams
from pipecat.utils.context.llm_context_summarization import (
    LLMAutoContextSummarizationConfig,
    LLMContextSummarizationUtil,
    LLMContextSummaryConfig,
)

SUMMARY_TOKENS = 600
SUMMARY_SECS = 30.0  # the caller waits for none of it
KEPT = 8  # messages at the end that a summary leaves as they are
AT_MOST = 1.5  # times the tokens at which a summary is asked for: then the oldest messages go
LONGEST = 4_000  # characters of one message, such as a tool's result, when all are too many

SUMMARY_PROMPT = (
    "This is the beginning of a phone call between a caller (user) and you (assistant). Sum it up "
    "for yourself, so that you can go on with the call: who the caller is, what they want, every "
    "name, number, date and amount that was said, what was done or promised, and what is open. "
    "Only facts from the call, in at most ten short sentences."
)
SUMMARY = "What was said earlier in this call: {summary}"

# OpenAI's code, and what it and others write: Gemini, vLLM, Groq, Anthropic, llama.cpp, Bedrock.
_TOO_LONG = re.compile(
    r"context_length_exceeded|string_above_max_length"
    r"|(?:maximum|max\w*) (?:context|prompt|input|sequence) length"
    r"|context (?:length|window|size)|reduce the length|too many (?:input )?tokens"
    r"|(?:prompt|input|request|messages?) (?:is|are|was) too (?:long|large)"
    r"|token count.{0,40}exceeds|exceeds.{0,60}(?:tokens|context)",
    re.IGNORECASE | re.DOTALL,
)


def summarising(tokens: int) -> LLMAssistantAggregatorParams:
    """Have the LLM sum up what is older, beside the conversation, at so many tokens."""
    summary = LLMContextSummaryConfig(
        target_context_tokens=min(SUMMARY_TOKENS, tokens),
        min_messages_after_summary=KEPT,
        summarization_prompt=SUMMARY_PROMPT,
        summary_message_template=SUMMARY,
        summarization_timeout=SUMMARY_SECS,
    )
    config = LLMAutoContextSummarizationConfig(
        max_context_tokens=tokens, max_unsummarized_messages=None, summary_config=summary
    )
    return LLMAssistantAggregatorParams(
        enable_auto_context_summarization=True, auto_context_summarization_config=config
    )


def bound(context: LLMContext, tokens: int) -> None:
    """Leave the oldest messages out of a context that no summary has made short enough.

    Args:
        context: The conversation.
        tokens: At which a summary was to be made.
    """
    while _tokens(context) > AT_MOST * tokens and shorten(context):
        pass


def shorten(context: LLMContext) -> bool:
    """Make a context that is too long about half as long.

    A tool's call and its result stay together, since every LLM refuses one without the other: the
    context begins with something that the caller said.

    Returns:
        Whether anything could be left out.
    """
    messages = list(context.messages)
    if (begin := _middle(messages)) is not None:
        context.set_messages(messages[begin:])
        return True
    cut = [_cut(message) for message in messages]
    context.set_messages(cut)
    return cut != messages


def is_too_long(error: str) -> bool:
    """Whether an LLM's complaint is about the length of what it was sent."""
    return bool(_TOO_LONG.search(error))


def _middle(messages: Sequence[LLMContextMessage]) -> int | None:
    """Where the later half begins with the caller; or, failing that, where the earlier one may."""
    turns = [at for at, message in enumerate(messages) if at and _role(message) == "user"]
    later = [at for at in turns if at >= len(messages) // 2]
    return next(iter(later or reversed(turns)), None)


def _role(message: LLMContextMessage) -> str:
    return str(message.get("role", "")) if isinstance(message, dict) else ""


def _cut(message: LLMContextMessage) -> LLMContextMessage:
    if not isinstance(message, dict):
        return message
    content: Any = message.get("content")
    if not isinstance(content, str) or len(content) <= LONGEST:
        return message
    shorter: Any = {**message, "content": f"{content[:LONGEST]} … (the rest is left out)"}
    return shorter  # type: ignore[no-any-return]


def _tokens(context: LLMContext) -> int:
    return LLMContextSummarizationUtil.estimate_context_tokens(context)
