"""LLM services get the persona and the caller's words, and their answers arrive."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pipecat.frames.frames import LLMContextFrame, LLMFullResponseEndFrame, LLMTextFrame
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameProcessor
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from simulator.http_server import listen_at, serving
from simulator.providers import Completion, Providers
from simulator.providers.server import create_app
from tests.support.vendors import build, environment, on_the_line, row


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


async def answer_of(llm: FrameProcessor) -> str:
    context = LLMContext(
        [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "a joke"}]
    )
    async with on_the_line(llm) as line:
        await line.worker.queue_frame(LLMContextFrame(context))
        await line.until(lambda: line.of(LLMFullResponseEndFrame))
        return "".join(frame.text for frame in line.of(LLMTextFrame))


def asked(providers: Providers) -> Completion:
    (completion,) = providers.asked(Completion)
    return completion


@asynccontextmanager
async def beneath(path: str, providers: Providers) -> AsyncIterator[str]:
    """The simulated OpenAI at another path, as others have it."""
    listener = listen_at("127.0.0.1", 0)
    app = Starlette(routes=[Mount(path, create_app(providers))])
    async with serving(app, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}{path}/v1"


async def test_the_openai_llm_knows_the_role_developer(
    env: dict[str, str], providers: Providers
) -> None:
    env["OPENAI_BASE_URL"] = f"http://{providers.address}/v1"
    assert await answer_of(build("LLM", "openai", env))
    roles = [message["role"] for message in asked(providers).messages]
    assert roles == ["system", "developer", "user"]


@pytest.mark.parametrize("key", ["", "gsk_x"])
async def test_an_openai_compatible_llm_needs_no_key_and_no_role_developer(
    env: dict[str, str], providers: Providers, key: str
) -> None:
    async with beneath("/openai", providers) as url:  # as Groq has it
        given = {
            "OPENAI_COMPATIBLE_URL": url,
            "OPENAI_COMPATIBLE_API_KEY": key,
            "OPENAI_COMPATIBLE_MODEL": "llama",
        }
        assert await answer_of(build("LLM", "openai-compatible", {**env, **given}))
    completion = asked(providers)
    assert completion.model == "llama"
    roles = [message["role"] for message in completion.messages]
    assert roles == ["system", "user", "user"]
    assert completion.messages[0]["content"] == "You answer a test call."


async def test_the_azure_openai_llm_answers_the_caller(
    env: dict[str, str], providers: Providers
) -> None:
    async with beneath("/openai", providers) as url:
        given = {"AZURE_OPENAI_ENDPOINT": url, "AZURE_OPENAI_DEPLOYMENT": "our-gpt"}
        assert await answer_of(build("LLM", "azure-openai", {**env, **given}))
    assert asked(providers).model == "our-gpt"


async def test_the_sarvam_llm_answers_the_caller(env: dict[str, str], providers: Providers) -> None:
    from shared.providers.vendors import sarvam

    built = build("LLM", "sarvam", env)
    assert isinstance(built, sarvam.SarvamLLM)
    assert str(built._client.base_url) == "https://api.sarvam.ai/v1/"
    redirected = sarvam.SarvamLLM(
        api_key="x",
        base_url=f"http://{providers.address}/v1",
        settings=sarvam.SarvamLLM.Settings(model="sarvam-105b-conversations"),
    )
    assert await answer_of(redirected)
    roles = [message["role"] for message in asked(providers).messages]
    assert roles == ["user", "user"]


async def test_the_gemini_llm_answers_the_caller(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row("LLM", "google")
    bodies: list[Any] = []

    async def generate(request: Request) -> Response:
        bodies.append((request.url.path, request.headers["x-goog-api-key"], await request.json()))
        part = '{"candidates": [{"content": {"role": "model", "parts": [{"text": "Hello."}]}}]}'
        return Response(f"data: {part}\r\n\r\n", media_type="text/event-stream")

    listener = listen_at("127.0.0.1", 0)
    app = Starlette(routes=[Route("/{path:path}", generate, methods=["POST"])])
    async with serving(app, listener):
        # Its SDK has a variable for this.
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", address)
        assert await answer_of(build("LLM", "google", env)) == "Hello."
    ((path, key, body),) = bodies
    assert path == "/v1beta/models/x:streamGenerateContent"
    assert key == "x"
    assert body["systemInstruction"]["parts"] == [{"text": "You answer a test call."}]
    assert [content["role"] for content in body["contents"]][-1] == "user"
