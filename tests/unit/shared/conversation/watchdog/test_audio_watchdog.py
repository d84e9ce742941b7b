"""The audio watchdog ends a call whose caller's audio is stuck in the pipeline."""

import asyncio
from dataclasses import replace

import pytest
from pipecat.frames.frames import Frame, VADUserStartedSpeakingFrame
from pipecat.turns.types import ProcessFrameResult

from shared.conversation.turns.end_of_turn import HybridUserTurnStop
from shared.conversation.watchdog import audio_watchdog
from shared.conversation.watchdog.audio_watchdog import AudioWatchdog
from shared.languages.english.prompts import ENGLISH
from shared.records.session_record import Ending
from simulator.caller.caller import place_call
from simulator.caller.scenario import Pause, Say
from simulator.providers import Providers
from simulator.stream.profiles import PROFILES
from tests.support.bots import Bot, eventually
from tests.support.transcribing import heard
from tests.support.virtual_time import in_virtual_time, now

MESSAGE_SECS = 0.1


class Line:
    """What arrives, and as long as nothing hangs, comes through."""

    def __init__(self, *, hangs_at: float = float("inf"), ends_at: float = float("inf")) -> None:
        self.arrived = 0
        self.watchdog = AudioWatchdog(lambda: self.arrived)
        self._hangs_at = hangs_at
        self._ends_at = ends_at

    async def barks_after(self, secs: float) -> float | None:
        """When, in seconds; None if it doesn't for so long."""
        began = now()
        barking = asyncio.create_task(self.watchdog.bark())
        flowing = asyncio.create_task(self._flow(began))
        await asyncio.wait({barking}, timeout=secs)
        flowing.cancel()
        barking.cancel()
        return now() - began if barking.done() else None

    async def _flow(self, began: float) -> None:
        while now() - began < self._ends_at:
            await asyncio.sleep(MESSAGE_SECS)
            self.arrived += 1
            if now() - began < self._hangs_at:
                self.watchdog.pass_through()


@pytest.mark.parametrize("hangs_at", [0.25, 1.0, 7.3, 60.0])
@in_virtual_time
async def test_the_audio_watchdog_fires_three_seconds_after_the_last_audio(hangs_at: float) -> None:
    barked_at = await Line(hangs_at=hangs_at).barks_after(120)
    assert barked_at is not None
    assert 3.0 <= barked_at - hangs_at + MESSAGE_SECS <= 4.0


@pytest.mark.parametrize(
    "line",
    [
        {},  # all is well
        {"hangs_at": 0.0},  # the pipeline isn't ready yet
        {"ends_at": 5.0},  # the line is dead, which somebody else notices
        {"ends_at": 5.0, "hangs_at": 4.0},
    ],
)
@in_virtual_time
async def test_the_audio_watchdog_is_quiet_otherwise(line: dict[str, float]) -> None:
    assert await Line(**line).barks_after(60) is None


async def test_a_caller_whose_audio_hangs_gets_the_watchdogs_apology_and_goodbye(
    providers: Providers, bot: Bot, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    async def hang(self: HybridUserTurnStop, frame: Frame) -> ProcessFrameResult:
        if isinstance(frame, VADUserStartedSpeakingFrame):
            await asyncio.Event().wait()
        return ProcessFrameResult.CONTINUE

    monkeypatch.setattr(HybridUserTurnStop, "process_frame", hang)
    monkeypatch.setattr(audio_watchdog, "MISSED_CHECKS", 3)
    steps = (Pause(0.3), Say("opening_hours.wav"), Pause(20.0))
    report = await place_call(bot.url, steps, profile=replace(PROFILES["live"], frame_ms=100))
    assert heard(report, ENGLISH.giving_up)
    assert report.ended_by == "bot"
    await eventually(lambda: bot.capacity.metrics.endings == {Ending.FAILURE: 1})
    assert any("isn't heard any more" in line for line in log)
    log.clear()
    await eventually(lambda: not any(count.open for count in providers.connections.values()))
