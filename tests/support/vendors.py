"""What the tests of vendors need: rows of the table, a vendor on the wire, a pipeline of one."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from pipecat.frames.frames import Frame, InputAudioRawFrame, TTSAudioRawFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.workers.runner import WorkerRunner
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from shared.bot.persona import Persona
from shared.providers.catalogue import LLM, STT, TTS, Provider
from shared.settings.settings import Settings
from simulator.http_server import listen_at, serving
from tests.support.sink import Sink

RATE = 8000
TABLES: Mapping[str, Mapping[str, Provider]] = {"STT": STT, "LLM": LLM, "TTS": TTS}
SILENCE = InputAudioRawFrame(bytes(RATE // 5), RATE, 1)  # 0.1 s

F = TypeVar("F", bound=Frame)


def environment(folder: Path) -> dict[str, str]:
    """Every key that any provider needs; none of them opens anything."""
    needed = {name for table in TABLES.values() for row in table.values() for name in row.needs}
    keys = {name.upper(): "x" for name in needed} | {
        "AZURE_SPEECH_REGION": "centralindia",
        "AZURE_OPENAI_ENDPOINT": "https://example.openai.azure.com/openai/v1",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "OPENAI_COMPATIBLE_URL": "http://127.0.0.1:9/v1",
        "SARVAM_MODEL": "sarvam-105b-conversations",
    }
    return {**keys, "GOOGLE_APPLICATION_CREDENTIALS": str(service_account(folder))}


def service_account(folder: Path) -> Path:
    """A key as Google gives them, of nobody; what can't be made without Google's SDK is missing."""
    path = folder / "service-account.json"
    account = {
        "type": "service_account",
        "project_id": "nobodys",
        "client_email": "nobody@nobodys.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
        "private_key": private_key(),
    }
    path.write_text(json.dumps(account), encoding="utf-8")
    return path


@cache
def private_key() -> str:
    try:
        from cryptography.hazmat.primitives import serialization as form
        from cryptography.hazmat.primitives.asymmetric import rsa
    except ModuleNotFoundError:
        return ""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem: bytes = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return pem.decode()


def row(kind: str, name: str) -> Provider:
    """A row of the table; skips the test, and says which extra it needs, if it isn't installed."""
    provider = TABLES[kind][name]
    for fault in provider.faults(kind, name, Settings()):
        if "pip install" in fault:
            pytest.skip(fault)
    return provider


def build(kind: str, name: str, env: Mapping[str, str], language: str = "hi-IN") -> FrameProcessor:
    """The service that the row makes for one call in Hindi."""
    persona = Persona("You answer a test call.", language=language)
    return row(kind, name).build(Settings.parse(env), persona)


@dataclass
class Connection:
    """One socket that a vendor was asked for."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    received: list[str | bytes] = field(default_factory=list)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.received if isinstance(text, str) and text]

    @property
    def audio(self) -> bytes:
        return b"".join(data for data in self.received if isinstance(data, bytes))


Answer = Callable[[str | bytes], Sequence[str | bytes]]


@dataclass
class Vendor:
    """A vendor on the wire: keeps what it was asked."""

    address: str
    connections: list[Connection] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        (only,) = self.connections
        return only


@asynccontextmanager
async def vendor(answer: Answer, hello: Sequence[str] = ()) -> AsyncIterator[Vendor]:
    """Take every websocket, say hello, and answer each message with some of one's own."""
    listener = listen_at("127.0.0.1", 0)
    seen = Vendor(f"127.0.0.1:{listener.getsockname()[1]}")

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        asked = Connection(socket.url.path, dict(socket.query_params), dict(socket.headers))
        seen.connections.append(asked)
        for greeting in hello:
            await socket.send_text(greeting)
        try:
            while True:
                event = await socket.receive()
                if event["type"] == "websocket.disconnect":
                    return
                text: str | None = event.get("text")
                message: str | bytes = event["bytes"] if text is None else text
                asked.received.append(message)
                for reply in answer(message):
                    await (
                        socket.send_text(reply)
                        if isinstance(reply, str)
                        else socket.send_bytes(reply)
                    )
        except (WebSocketDisconnect, RuntimeError):  # the client left while we answered
            return

    app = Starlette(routes=[WebSocketRoute("/{path:path}", talk)])
    async with serving(app, listener):
        yield seen


class Line(Sink):
    """The end of a pipeline that has a caller."""

    def __init__(self) -> None:
        super().__init__()
        self.worker: PipelineWorker

    async def hear(self, seconds: float = 0.5) -> None:
        """The caller says something, in real time."""
        for _ in range(round(seconds * 10)):
            frame = InputAudioRawFrame(tone(0.1, RATE), RATE, 1)
            await self.worker.queue_frame(frame)
            await asyncio.sleep(0.1)

    def sound(self) -> np.ndarray[Any, np.dtype[np.int16]]:
        """All that the voice has said, which must be at the line's rate."""
        said = self.of(TTSAudioRawFrame)
        assert {frame.sample_rate for frame in said} == {RATE}
        return np.frombuffer(b"".join(frame.audio for frame in said), np.int16)


@asynccontextmanager
async def on_the_line(service: FrameProcessor, rate: int = RATE) -> AsyncIterator[Line]:
    """A pipeline of one service, at the line's rate."""
    line = Line()
    line.worker = PipelineWorker(
        Pipeline([service, line]),
        params=PipelineParams(audio_in_sample_rate=rate, audio_out_sample_rate=rate),
        enable_rtvi=False,
    )
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(line.worker)
    running = asyncio.create_task(runner.run())
    try:
        await line.until(lambda: line.frames)
        yield line
    finally:
        await line.worker.cancel()
        await running


def tone(seconds: float, rate: int, frequency: float = 440.0) -> bytes:
    """A sine, as 16-bit PCM."""
    times = np.arange(round(seconds * rate)) / rate
    wave: bytes = (8000 * np.sin(2 * np.pi * frequency * times)).astype("<i2").tobytes()
    return wave


def pitch(sound: np.ndarray[Any, np.dtype[np.int16]]) -> float:
    """The strongest frequency in Hz, at the line's rate."""
    return float(np.argmax(np.abs(np.fft.rfft(sound))) * RATE / len(sound))
