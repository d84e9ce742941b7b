"""A conversation too long for the LLM's context is shortened and asked again."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pipecat.frames.frames import ErrorFrame, LLMContextFrame, LLMFullResponseEndFrame, LLMTextFrame
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameProcessor
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.bot.persona import Persona
from shared.providers.context_window import tokens_of
from shared.providers.llm_context_limit import MOST_TIMES
from shared.providers.selection import Providers as Rows
from shared.settings.settings import Settings
from simulator.http_server import listen_at, serving
from simulator.providers import Behaviour, Completion, Providers, Refusal
from simulator.providers.dialogue import Answer, Message, Reply
from tests.support.vendors import Line, build, environment, on_the_line, row

ANSWER = "We open at nine."
GEMINIS = "The input token count (5000) exceeds the maximum number of tokens allowed (2000)."


@pytest.fixture(autouse=True)
def log() -> list[str]:
    """Here errors are what it is about."""
    return []


@pytest.fixture
def env(tmp_path: Path, providers: Providers) -> dict[str, str]:
    providers.behaviour = Behaviour(llm_latency=0.0, llm_token_interval=0.0)
    return {**environment(tmp_path), **providers.env}


def conversation(turns: int = 60) -> LLMContext:
    """A long one: some sixty tokens a turn."""
    messages: list[Any] = [{"role": "assistant", "content": "Hello, this is the clinic."}]
    for turn in range(turns):
        messages += [
            {"role": "user", "content": f"Question {turn}: when do you open on this day?"},
            {"role": "assistant", "content": "We open at nine, and close at five that day."},
        ]
    return LLMContext([*messages, {"role": "user", "content": "And on Sunday?"}])


@dataclass
class Asked:
    line: Line
    context: LLMContext
    errors: list[ErrorFrame] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "".join(frame.text for frame in self.line.of(LLMTextFrame))

    async def again(self, question: str) -> None:
        ended = len(self.line.of(LLMFullResponseEndFrame))
        self.context.add_message({"role": "user", "content": question})
        await self.line.worker.queue_frame(LLMContextFrame(self.context))
        await self.line.until(lambda: len(self.line.of(LLMFullResponseEndFrame)) > ended)


@asynccontextmanager
async def asking(llm: FrameProcessor, context: LLMContext) -> AsyncIterator[Asked]:
    """Ask the LLM, and hear its answer to the end."""
    async with on_the_line(llm) as line:
        asked = Asked(line, context)

        async def take(_: object, error: ErrorFrame) -> None:
            asked.errors.append(error)

        line.worker.add_event_handler("on_pipeline_error", take)
        await line.worker.queue_frame(LLMContextFrame(context))
        await line.until(lambda: line.of(LLMFullResponseEndFrame))
        yield asked


def size(messages: Sequence[Message]) -> int:
    return len(json.dumps(messages)) // 4


def window(tokens: int, refusal: Refusal, answer: Answer = ANSWER) -> Reply:
    """An LLM that takes no more tokens."""
    return lambda messages: refusal if size(messages) > tokens else answer


def refusal(words: str, code: str = "", status: int = 400) -> Refusal:
    return Refusal(status, {"message": words, "code": code, "type": "invalid_request_error"})


OPENAIS = refusal("This model's maximum context length is 2000 tokens.", "context_length_exceeded")


def sizes(providers: Providers) -> list[int]:
    return [size(seen.messages) for seen in providers.asked(Completion)]


@pytest.mark.parametrize(
    "refused",
    [
        OPENAIS,
        refusal("Es ist zu viel.", "context_length_exceeded"),
        refusal("Please reduce the length of the messages.", "context_length_exceeded"),
        refusal("Input validation error: `inputs` must have less than 2000 tokens.", status=422),
        refusal("Request too large: please reduce your message size", "rate_limit_exceeded", 413),
        refusal("Request too large on tokens per min (TPM): Limit 2000", "tokens", 429),
        refusal("the request exceeds the available context size", status=500),
    ],
)
async def test_the_llm_is_asked_with_a_shorter_context_until_it_answers(
    refused: Refusal, providers: Providers, env: dict[str, str]
) -> None:
    providers.reply = window(600, refused)
    llm = build("LLM", "openai", env)
    async with asking(llm, conversation()) as asked:
        assert asked.said == ANSWER
        assert asked.errors == []
        assert llm.is_usable
    tried = sizes(providers)
    assert 2 <= len(tried) <= MOST_TIMES
    assert tried == sorted(tried, reverse=True)
    assert providers.asked(Completion)[-1].messages[-1]["content"] == "And on Sunday?"


async def test_an_llm_context_that_was_refused_is_not_sent_again(
    providers: Providers, env: dict[str, str]
) -> None:
    providers.reply = window(1_000, OPENAIS)
    async with asking(build("LLM", "openai", env), conversation()) as asked:
        for turn in range(30):
            before = len(sizes(providers))
            await asked.again(f"Question {turn}: and what about the day after that one?")
            assert len(sizes(providers)) - before <= 2
        assert asked.errors == []
    refused = [tokens for tokens in sizes(providers) if tokens > 1_000]
    assert len(refused) < 5


@pytest.mark.parametrize("status", [400, 413])
async def test_an_llm_context_that_cant_be_shortened_fails_one_turn_only(
    status: int, providers: Providers, env: dict[str, str]
) -> None:
    providers.reply = lambda _: refusal("the prompt is too long", status=status)
    llm = build("LLM", "openai", env)
    async with asking(llm, conversation()) as asked:
        await asked.line.until(lambda: asked.errors)
        assert len(asked.errors) == 1
        assert llm.is_usable
        assert len(sizes(providers)) <= MOST_TIMES
        providers.reply = lambda _: ANSWER
        await asked.again("Hello?")
        assert asked.said == ANSWER


async def test_other_llm_refusals_are_errors_as_ever(
    providers: Providers, env: dict[str, str]
) -> None:
    providers.reply = lambda _: refusal("Incorrect API key", "invalid_api_key", 401)
    context = conversation()
    messages = list(context.messages)
    async with asking(build("LLM", "openai", env), context) as asked:
        await asked.line.until(lambda: asked.errors)
        assert len(asked.errors) == 1
        assert context.messages == messages
    assert len(sizes(providers)) == 1


async def test_more_than_the_llm_context_setting_is_never_sent(
    providers: Providers, env: dict[str, str]
) -> None:
    settings = Settings.parse({**env, "MAX_CONTEXT_TOKENS": "1000"})
    llm = Rows.choose(settings).build(Persona("You answer a test call.")).llm
    providers.reply = lambda _: ANSWER
    context = conversation(turns=200)
    async with asking(llm, context) as asked:
        for turn in range(40):
            assert tokens_of(context) < 1_100
            await asked.again(f"Question {turn}: and what about the day after that one?")
        assert asked.errors == []
    assert max(sizes(providers)) < 1_100
    assert min(sizes(providers)) > 400


async def test_gemini_s_llm_context_is_shortened_too(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row("LLM", "google")
    lengths: list[int] = []

    async def generate(request: Request) -> Response:
        lengths.append(len(await request.body()))
        if lengths[-1] > 4_000:
            error = {"code": 400, "message": GEMINIS, "status": "INVALID_ARGUMENT"}
            return JSONResponse({"error": error}, 400)
        answer = {"candidates": [{"content": {"role": "model", "parts": [{"text": ANSWER}]}}]}
        return Response(f"data: {json.dumps(answer)}\r\n\r\n", media_type="text/event-stream")

    listener = listen_at("127.0.0.1", 0)
    app = Starlette(routes=[Route("/{path:path}", generate, methods=["POST"])])
    async with serving(app, listener):
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", address)
        llm = build("LLM", "google", env)
        async with asking(llm, conversation()) as asked:
            await asked.line.until(lambda: asked.said)
            assert asked.said == ANSWER
            assert asked.errors == []
            assert llm.is_usable
    assert len(lengths) > 1
    assert lengths == sorted(lengths, reverse=True)
