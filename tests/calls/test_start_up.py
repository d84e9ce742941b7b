"""Start-up before the first call: what is printed, what is refused, and what is waited for."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from shared.conversation.speech import prompt_cache, synthesis
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause
from simulator.providers import Hang, Providers
from tests.support.bots import eventually, running_bot

ROOT = Path(__file__).parents[2]
KEYLESS = {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Run Python in a clean environment and an empty folder, away from anybody's .env."""
    path = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "BOT": "shared.providers.offline.bot"}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=path | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("app", ["inbound", "outbound"])
def test_start_up_without_credentials_names_all_settings_and_the_demo(
    app: str, tmp_path: Path
) -> None:
    process = python(tmp_path, "-m", app, ENV="production")
    _, error = process.communicate(timeout=60)
    assert process.returncode == 2
    for name in ("DEEPGRAM_API_KEY", "OPENAI_API_KEY", "CARTESIA_API_KEY", "CARTESIA_VOICE_ID"):
        assert name in error
    assert "WS_USERNAME and WS_PASSWORD" in error
    assert "make demo" in error
    assert "Traceback" not in error


def test_shutdown_without_calls_is_at_once_and_the_log_is_json(
    unused_tcp_port: int, tmp_path: Path
) -> None:
    served = {"PORT": str(unused_tcp_port), "LOG_FORMAT": "json", **KEYLESS}
    process = python(tmp_path, "-m", "inbound", **served)
    try:
        wait_for(f"http://127.0.0.1:{unused_tcp_port}/readyz")
        process.send_signal(signal.SIGTERM)
        output, error = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode in (0, -signal.SIGTERM)
    assert output == ""
    messages = [json.loads(line)["message"] for line in error.splitlines()]
    assert messages[0].startswith("ENV=local: whoever reaches /ws")
    assert messages[-2].startswith("listening on ws://127.0.0.1:")
    assert messages[-1].startswith("shutting down; 0 calls are on")


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


def test_local_models_send_no_telemetry(tmp_path: Path) -> None:
    probe = (
        "import os, sys, shared; "
        "assert 'onnxruntime' not in sys.modules; "
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'"
    )
    process = python(tmp_path, "-c", probe)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 0, error


async def test_a_tts_that_does_not_answer_does_not_block_start_up(
    providers: Providers, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(synthesis, "SYNTHESIS_SECS", 0.3)
    providers.behaviour = replace(providers.behaviour, tts=Hang())
    async with running_bot(providers.env) as bot:
        assert any("they will be said live" in line for line in log)
        providers.behaviour = replace(providers.behaviour, tts=None)
        report = await place_call(bot.url, (Pause(2.0), HangUp()))
    assert report.first_sound is not None
    log.clear()  # Pipecat called the silence of the voice an error


async def test_start_up_waits_for_prompts_only_up_to_its_timeout(
    providers: Providers, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(prompt_cache, "PATIENCE_SECS", 0.1)
    monkeypatch.setattr(synthesis, "SYNTHESIS_SECS", 2.0)
    providers.behaviour = replace(providers.behaviour, tts=Hang())
    async with running_bot(providers.env):
        assert not any("they will be said live" in line for line in log)
        await eventually(lambda: any("they will be said live" in line for line in log))
    log.clear()
