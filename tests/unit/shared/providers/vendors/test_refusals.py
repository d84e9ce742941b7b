"""A refusal of a vendor's own client: one log line names the setting and quotes nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from loguru import logger
from pipecat.frames.frames import Frame, LLMContextFrame, TTSSpeakFrame
from pipecat.processors.aggregators.llm_context import LLMContext
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from shared.observability.library_logs import is_worth_telling
from shared.observability.logs import set_up_logging
from shared.providers.health import ProviderHealth, watch
from simulator.http_server import listen_at, serving
from tests.support.bots import eventually
from tests.support.vendors import SILENCE, build, environment, on_the_line, row

if TYPE_CHECKING:
    from loguru import Record

KEY = "sk-planted-0123456789"
SAID = "the caller's own words"
BODIES = {
    401: {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"},
    402: {"message": f"Pay first. {SAID}", "code": "payment_required"},
    403: {"message": f"{KEY} may not do this", "code": "forbidden"},
    429: {"message": f"You sent: {SAID}", "code": "insufficient_quota"},
}
DEEPGRAM, SARVAM = "DEEPGRAM_API_KEY", "SARVAM_API_KEY"
ROWS = {
    ("STT", "deepgram"): ("DEEPGRAM_BASE_URL", DEEPGRAM),
    ("STT", "deepgram-flux"): ("DEEPGRAM_BASE_URL", DEEPGRAM),
    ("STT", "sarvam"): ("SARVAM_URL", SARVAM),
    ("STT", "soniox"): ("SONIOX_URL", "SONIOX_API_KEY"),
    ("LLM", "openai"): ("OPENAI_BASE_URL", "OPENAI_API_KEY"),
    ("LLM", "openai-compatible"): ("OPENAI_COMPATIBLE_URL", "OPENAI_COMPATIBLE_API_KEY"),
    ("LLM", "azure-openai"): ("AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY"),
    ("TTS", "cartesia"): ("CARTESIA_URL", "CARTESIA_API_KEY"),
    ("TTS", "sarvam"): ("SARVAM_URL", SARVAM),
    ("TTS", "elevenlabs"): ("ELEVENLABS_URL", "ELEVENLABS_API_KEY"),
    ("TTS", "deepgram"): ("DEEPGRAM_BASE_URL", DEEPGRAM),
    ("TTS", "openai"): ("OPENAI_BASE_URL", "OPENAI_API_KEY"),
}
OTHERS = [("STT", "deepgram"), ("STT", "soniox"), ("LLM", "openai"), ("TTS", "elevenlabs")]


def is_shown(record: "Record") -> bool:
    return is_worth_telling(record, "INFO") and record["level"].no >= logger.level("INFO").no


@pytest.fixture(autouse=True)
def log() -> Iterator[list[str]]:
    """As operators read it; here errors are what it is about."""
    lines: list[str] = []
    set_up_logging()
    logger.add(lines.append, format="{message}", filter=is_shown)
    yield lines


@asynccontextmanager
async def refusing(status: int) -> AsyncIterator[str]:
    """Somebody who turns every request and every socket away."""

    def answer() -> Response:
        return JSONResponse({"error": BODIES[status]}, status, {"x-account": f"{KEY} {SAID}"})

    async def refuse(_: Request) -> Response:
        return answer()

    async def deny(socket: WebSocket) -> None:
        await socket.send_denial_response(answer())

    listener = listen_at("127.0.0.1", 0)
    routes = [
        Route("/{path:path}", refuse, methods=["GET", "POST"]),
        WebSocketRoute("/{path:path}", deny),
    ]
    async with serving(Starlette(routes=routes), listener):
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def work(kind: str) -> Frame:
    context = LLMContext([{"role": "user", "content": SAID}])
    return {"STT": SILENCE, "LLM": LLMContextFrame(context), "TTS": TTSSpeakFrame("Hello there.")}[
        kind
    ]


async def turned_away(
    kind: str, name: str, status: int, env: dict[str, str], log: list[str]
) -> list[str]:
    """What the log says of a vendor that answers with this status."""
    setting, _ = ROWS[kind, name]
    async with refusing(status) as address:
        scheme = "http" if "OPENAI" in setting else "ws"
        path = "/v1" if "OPENAI" in setting else ""
        settings = {**env, setting: f"{scheme}://{address}{path}"}
        settings |= {key: KEY for _, key in ROWS.values()}
        chosen = row(kind, name)
        health = ProviderHealth(kind.lower(), kind, name, key=chosen.key, model=chosen.model)
        service = build(kind, name, settings, "en-IN")
        watch(service, health)
        async with on_the_line(service) as line:
            await line.worker.queue_frame(work(kind))
            await eventually(lambda: health.failing, within=20)
            await asyncio.sleep(0.1)  # for what else there may be to say
    assert not [line for line in log if KEY in line or SAID in line]
    return [line.strip() for line in log]


@pytest.mark.parametrize(("kind", "name"), ROWS)
async def test_refused_credentials_are_named_by_their_setting_and_not_quoted(
    kind: str, name: str, tmp_path: Path, log: list[str]
) -> None:
    (line,) = await turned_away(kind, name, 401, environment(tmp_path), log)
    assert line.startswith(f"{kind}={name} fails: {ROWS[kind, name][1]} was refused (401)")


@pytest.mark.parametrize(("kind", "name"), OTHERS)
@pytest.mark.parametrize(
    ("status", "words"),
    [(402, "the quota of {} is used up (402"), (403, "{} was refused (403)")],
)
async def test_credentials_without_permission_or_credit_are_named_too(
    kind: str, name: str, status: int, words: str, tmp_path: Path, log: list[str]
) -> None:
    (line,) = await turned_away(kind, name, status, environment(tmp_path), log)
    assert f"{kind}={name} fails: {words.format(ROWS[kind, name][1])}" in line


async def test_a_provider_s_used_up_quota_is_no_rate_limit(tmp_path: Path, log: list[str]) -> None:
    (line,) = await turned_away("LLM", "openai", 429, environment(tmp_path), log)
    assert "the quota of OPENAI_API_KEY is used up (429)" in line
