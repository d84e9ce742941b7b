"""The summary of a call for the person it is transferred to: by the LLM, or else an excerpt."""

import asyncio
from typing import Any

import pytest
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.filters.identity_filter import IdentityFilter

from shared.conversation.transfer_summary import (
    EXCERPT,
    INSTRUCTIONS,
    MAX_TOKENS,
    SUMMARY_SECS,
    excerpt,
    summarise,
)
from shared.providers.failover import FallbackLLM
from shared.providers.offline.scripted_llm import ScriptedLLMService
from tests.support.virtual_time import in_virtual_time, now

SECRET = "my number is 9812345678"
TALK = LLMContext(
    messages=[
        {"role": "system", "content": "You are Asha."},
        {"role": "assistant", "content": "Hello."},
        {"role": "user", "content": f"It is about an invoice, {SECRET}."},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "content": "{}", "tool_call_id": "1"},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "The last"},
                {"type": "text", "text": "one."},
            ],
        },
    ]
)
EXCERPT_OF_IT = f"Bot: Hello.\nCaller: It is about an invoice, {SECRET}.\nCaller: The last one."


class LLMBehindTest(ScriptedLLMService):
    """Answers once, after a while, or fails."""

    def __init__(self, answer: str | Exception | None, secs: float = 0.0) -> None:
        super().__init__()
        self.asked: list[tuple[LLMContext, int | None, str | None]] = []
        self._once = answer
        self._secs = secs

    async def run_inference(
        self,
        context: LLMContext,
        max_tokens: int | None = None,
        system_instruction: str | None = None,
        response_schema: dict[str, Any] | None = None,
    ) -> str | None:
        self.asked.append((context, max_tokens, system_instruction))
        await asyncio.sleep(self._secs)
        if isinstance(self._once, Exception):
            raise self._once
        return self._once


def test_a_transcript_excerpt_has_a_line_for_each_turn_and_nothing_else() -> None:
    assert excerpt(TALK) == EXCERPT_OF_IT


def test_of_a_long_transcript_only_the_end_is_kept() -> None:
    long = LLMContext(messages=[{"role": "user", "content": f"{n:04} " * 10} for n in range(100)])
    assert len(excerpt(long)) == EXCERPT
    assert excerpt(long).rstrip().endswith("0099")


@in_virtual_time
async def test_the_llm_makes_the_transfer_summary_of_the_transcript() -> None:
    llm = LLMBehindTest("  Meera has an invoice. \n", SUMMARY_SECS - 0.1)
    assert await summarise(llm, TALK) == "Meera has an invoice."
    ((asked, *how),) = llm.asked
    assert [dict(m) for m in asked.messages if isinstance(m, dict)] == [
        {"role": "user", "content": EXCERPT_OF_IT}
    ]
    assert how == [MAX_TOKENS, INSTRUCTIONS]


@pytest.mark.parametrize("answer", [None, "", "  ", RuntimeError(SECRET)])
@in_virtual_time
async def test_without_a_transfer_summary_the_transcript_excerpt_is_used(
    answer: str | Exception | None, log: list[str]
) -> None:
    assert await summarise(LLMBehindTest(answer), TALK) == EXCERPT_OF_IT
    assert not any(SECRET in line for line in log)
    assert any("RuntimeError" in line for line in log) == isinstance(answer, Exception)


@in_virtual_time
async def test_a_transfer_summary_has_a_timeout() -> None:
    began = now()
    assert await summarise(LLMBehindTest("too late", 60.0), TALK) == EXCERPT_OF_IT
    assert now() - began == SUMMARY_SECS


@in_virtual_time
async def test_a_fallback_llm_makes_the_transfer_summary_too() -> None:
    assert (
        await summarise(FallbackLLM(LLMBehindTest("Summed up."), LLMBehindTest(None)), TALK)
        == "Summed up."
    )


@in_virtual_time
async def test_an_llm_that_can_only_stream_makes_no_transfer_summary() -> None:
    assert await summarise(IdentityFilter(), TALK) == EXCERPT_OF_IT


@in_virtual_time
async def test_without_a_transcript_no_transfer_summary_is_asked_for() -> None:
    llm = LLMBehindTest("Something.")
    assert await summarise(llm, LLMContext()) == ""
    assert llm.asked == []


@in_virtual_time
async def test_a_call_that_ends_meanwhile_waits_for_no_transfer_summary() -> None:
    summing = asyncio.create_task(summarise(LLMBehindTest("too late", 60.0), TALK))
    await asyncio.sleep(1)
    summing.cancel()
    await asyncio.wait({summing})
    assert summing.cancelled()
