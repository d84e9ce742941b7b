"""Shutdown signals: a second one ends the process without waiting for the calls that are on."""

import asyncio
import signal
from pathlib import Path

from benchmarks.processes import free_port, running
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import Pause
from simulator.stream.profiles import Profile

KEYLESS = {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak", "DRAIN_SECS": "100"}
TERM, INT = signal.SIGTERM, signal.SIGINT


async def ended_by(folder: Path, *signals: signal.Signals) -> tuple[CallReport, int | None, str]:
    """Serve, take a call, and send the signals: what the caller saw, the status, and the log."""
    port = free_port()
    environment = {**KEYLESS, "PORT": str(port)}
    async with running("inbound", folder=folder, environment=environment) as bot:
        await bot.answers(f"http://127.0.0.1:{port}/readyz")
        profile = Profile(handshake_retries=0, frame_ms=100)
        url = f"ws://127.0.0.1:{port}/ws"
        call = asyncio.create_task(place_call(url, (Pause(60),), profile=profile))
        await bot.says("started: inbound")
        for nth, each in enumerate(signals):
            bot.process.send_signal(each)
            if nth == 0:
                await bot.says("shutting down; 1 calls are on")
                await asyncio.sleep(0.3)
                assert not call.done()
        await asyncio.wait_for(bot.process.wait(), 15)
        return await asyncio.wait_for(call, 15), bot.process.returncode, await bot.says("")


async def test_a_second_shutdown_signal_ends_the_process_without_a_traceback(
    tmp_path: Path,
) -> None:
    folders = {each: tmp_path / each.name for each in (TERM, INT)}
    for folder in folders.values():
        folder.mkdir()  # nobody waits
    ends = await asyncio.gather(*(ended_by(folder, each, each) for each, folder in folders.items()))
    for report, status, log in ends:
        assert report.ended_by in ("bot", "network")
        assert status in (0, -TERM)
        assert "ended: server shut down" in log
        assert "Traceback" not in log
