"""Bare clients of the three providers, and sounds to send them."""

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from simulator.providers import Providers
from simulator.speech import Recording, read_recordings, read_transcripts

RATE = 8000
FRAME = 320  # bytes, 20 ms
RECORDINGS = Path(__file__).parents[2] / "simulator" / "recordings"


def recordings() -> tuple[Recording, ...]:
    return read_recordings(read_transcripts(RECORDINGS / "transcripts.tsv"))


def recording(name: str) -> bytes:
    path = RECORDINGS / name
    text = read_transcripts(RECORDINGS / "transcripts.tsv")[path]
    return read_recordings({path: text})[0].pcm


def line_noise(seconds: float, level: float = 0.001) -> bytes:
    noise = np.random.default_rng(1).normal(0, level * 32768, int(seconds * RATE))
    return noise.astype("<i2").tobytes()


class Deepgram:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.interims: list[str] = []

    async def send(self, pcm: bytes) -> None:
        for first in range(0, len(pcm), FRAME):
            await self.socket.send(pcm[first : first + FRAME])

    async def ask(self, kind: str) -> None:
        await self.socket.send(json.dumps({"type": kind}))

    async def final(self) -> dict[str, Any]:
        """Wait for the next final result; interim ones are kept in `interims`."""
        while True:
            message: dict[str, Any] = json.loads(await self.socket.recv())
            if message["type"] == "Results" and not message["is_final"]:
                self.interims.append(transcript(message))
                continue
            return message


def transcript(message: dict[str, Any]) -> str:
    text: str = message["channel"]["alternatives"][0]["transcript"]
    return text


@asynccontextmanager
async def deepgram(providers: Providers, query: str = "") -> AsyncIterator[Deepgram]:
    url = f"{providers.env['DEEPGRAM_BASE_URL']}/v1/listen"
    url += f"?encoding=linear16&channels=1&sample_rate={RATE}{query}"
    headers = {"Authorization": "Token simulated"}
    async with connect(url, additional_headers=headers, open_timeout=5) as socket:
        yield Deepgram(socket)


@asynccontextmanager
async def cartesia(providers: Providers) -> AsyncIterator[ClientConnection]:
    headers = {"X-API-Key": "simulated", "Cartesia-Version": "2026-03-01"}
    async with connect(providers.env["CARTESIA_URL"], additional_headers=headers) as socket:
        yield socket


async def say(
    socket: ClientConnection, text: str, *, more: bool = False, context: str = "c1", **changes: Any
) -> None:
    request = {
        "transcript": text,
        "continue": more,
        "context_id": context,
        "model_id": "sonic-3.6",
        "voice": {"mode": "id", "id": "simulated"},
        "output_format": {"container": "raw", "encoding": "pcm_s16le", "sample_rate": RATE},
        "add_timestamps": True,
        "language": "en",
    }
    await socket.send(json.dumps(request | changes))


async def until(socket: ClientConnection, kind: str) -> list[dict[str, Any]]:
    """Collect messages up to the first of that type."""
    messages: list[dict[str, Any]] = []
    while not messages or messages[-1]["type"] != kind:
        messages.append(json.loads(await socket.recv()))
    return messages


def sound(messages: Sequence[dict[str, Any]]) -> bytes:
    return b"".join(b64decode(m["data"]) for m in messages if m["type"] == "chunk")


def openai(providers: Providers) -> httpx.AsyncClient:
    headers = {"Authorization": "Bearer simulated"}
    return httpx.AsyncClient(base_url=providers.env["OPENAI_BASE_URL"], headers=headers, timeout=5)


def question(text: str, **more: Any) -> dict[str, Any]:
    return {"model": "gpt-4.1", "messages": [{"role": "user", "content": text}]} | more


async def streamed(client: httpx.AsyncClient, body: dict[str, Any]) -> list[str]:
    """Return the data of each event of a streamed answer."""
    async with client.stream("POST", "/chat/completions", json=body | {"stream": True}) as answer:
        answer.raise_for_status()
        lines = [line async for line in answer.aiter_lines() if line]
    return [line.removeprefix("data: ") for line in lines]


async def settled(providers: Providers) -> None:
    async with asyncio.timeout(2):
        await providers.idle()
