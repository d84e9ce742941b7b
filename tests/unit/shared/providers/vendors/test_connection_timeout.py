"""A vendor that accepts the connection and never answers delays neither greeting nor hang-up."""

import asyncio
import time
from pathlib import Path

import pytest

from simulator.http_server import listen_at
from tests.support.vendors import build, environment, on_the_line

ROWS = [
    ("STT", "deepgram", "DEEPGRAM_BASE_URL"),
    ("STT", "deepgram-flux", "DEEPGRAM_BASE_URL"),
    ("STT", "sarvam", "SARVAM_URL"),
    ("STT", "elevenlabs", "ELEVENLABS_URL"),
    ("STT", "soniox", "SONIOX_URL"),
    ("TTS", "cartesia", "CARTESIA_URL"),
    ("TTS", "sarvam", "SARVAM_URL"),
    ("TTS", "elevenlabs", "ELEVENLABS_URL"),
    ("TTS", "deepgram", "DEEPGRAM_BASE_URL"),
]


@pytest.mark.parametrize(("kind", "name", "setting"), ROWS)
async def test_a_vendor_that_never_answers_the_handshake_delays_nothing(
    kind: str, name: str, setting: str, tmp_path: Path
) -> None:
    with listen_at("127.0.0.1", 0) as silent:
        url = f"wss://127.0.0.1:{silent.getsockname()[1]}"
        service = build(kind, name, {**environment(tmp_path), setting: url}, "en-IN")
        began = time.monotonic()
        async with on_the_line(service):
            assert time.monotonic() - began < 1
            await asyncio.sleep(0.3)  # by now it tries to connect
            hung_up = time.monotonic()
        assert time.monotonic() - hung_up < 3
