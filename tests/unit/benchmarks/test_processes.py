"""Processes that benchmarks run: start-up, resource use, Ctrl-C and their end."""

import asyncio
import sys
from pathlib import Path

import pytest

from benchmarks import processes
from benchmarks.processes import ProgramFailed, running

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
list(range(3_000_000))
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "stubborn.py").write_text(STUBBORN, encoding="utf-8")
    (tmp_path / "broken.py").write_text("raise SystemExit('no voice')", encoding="utf-8")
    return tmp_path


async def test_a_process_s_cpu_time_and_memory_are_watched_while_it_runs(folder: Path) -> None:
    async with running("stubborn", folder=folder) as program:
        assert await program.says("ready") == "ready\n"
        assert program.cpu > 0
        assert program.memory > 1_000_000


async def test_a_process_ends_with_its_context(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_SECS", 0.2)
    async with running("stubborn", folder=folder) as program:
        await program.says("ready")
    assert program.process.returncode == -9


async def test_a_process_ends_when_the_benchmark_is_cancelled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_SECS", 0.2)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1), running("stubborn", folder=folder) as program:
            await asyncio.Event().wait()
    assert program.process.returncode is not None


async def test_a_process_that_cannot_start_says_why(folder: Path) -> None:
    async with running("broken", folder=folder) as program:
        with pytest.raises(ProgramFailed, match="no voice"):
            await program.says("ready")


async def test_a_process_that_is_not_ready_in_time_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_SECS", 0.2)
    monkeypatch.setattr(processes, "START_SECS", 0.3)
    async with running("stubborn", folder=folder) as program:
        with pytest.raises(ProgramFailed, match="not ready"):
            await program.answers(f"http://127.0.0.1:{processes.free_port()}/healthz")
