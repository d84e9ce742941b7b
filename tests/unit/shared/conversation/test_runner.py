"""A pipeline ends in limited time, also when a processor or a task in it hangs."""

import asyncio
import time
from contextlib import suppress

import pytest
from pipecat.frames.frames import CancelFrame, EndFrame, Frame, StartFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation import runner


class Stuck(FrameProcessor):
    """Never lets go of frames of one kind."""

    def __init__(self, kind: type[Frame]) -> None:
        super().__init__()
        self._kind = kind
        self.started = asyncio.Event()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, self._kind):
            await asyncio.Event().wait()
        await self.push_frame(frame, direction)
        if isinstance(frame, StartFrame):
            self.started.set()


def worker_with(processor: FrameProcessor) -> PipelineWorker:
    return PipelineWorker(Pipeline([processor]), enable_rtvi=False, cancel_timeout_secs=30)


async def ends_within(secs: float, worker: PipelineWorker, stuck: Stuck) -> None:
    ending: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(runner.run(worker, ending))
    await stuck.started.wait()
    await asyncio.sleep(0.1)
    began = time.monotonic()
    ending.set_result("hung up")
    await asyncio.wait_for(task, secs + 5)
    assert time.monotonic() - began < secs


async def test_a_pipeline_that_can_be_cancelled_ends_at_once() -> None:
    stuck = Stuck(EndFrame)
    await ends_within(2.0, worker_with(stuck), stuck)


async def test_a_pipeline_whose_graceful_end_hangs_is_forced_to_end(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(runner, "CANCEL_SECS", 0.3)
    stuck = Stuck(EndFrame)
    worker = worker_with(stuck)
    await worker.queue_frame(EndFrame())
    await ends_within(3.0, worker, stuck)
    assert any("forcing it" in line for line in log)


async def test_a_pipeline_that_cannot_be_ended_is_left_behind(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(runner, "CANCEL_SECS", 0.3)
    monkeypatch.setattr(runner, "FORCE_SECS", 0.3)
    stuck = Stuck(CancelFrame)
    await ends_within(3.0, worker_with(stuck), stuck)
    (error,) = [line for line in log if line.startswith("ERROR")]
    assert "leaving it behind" in error
    log.clear()


async def test_no_task_is_left_of_a_pipeline_that_was_left_behind(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(runner, "CANCEL_SECS", 0.3)
    monkeypatch.setattr(runner, "FORCE_SECS", 0.3)
    stuck = Stuck(CancelFrame)
    before = asyncio.all_tasks()
    await ends_within(3.0, worker_with(stuck), stuck)
    await asyncio.sleep(0.2)
    assert asyncio.all_tasks() <= before
    log.clear()


class Cleaning(FrameProcessor):
    """Has a task that takes no notice of being cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.began = asyncio.Event()
        self.cancelled_in = 0.0

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)
        if isinstance(frame, StartFrame):
            task = self.create_task(self._go_on(), "clean")
            await self.began.wait()
            asked = time.monotonic()
            await self.cancel_task(task)
            self.cancelled_in = time.monotonic() - asked

    async def _go_on(self) -> None:
        end = time.monotonic() + 3.0
        while time.monotonic() < end:
            self.began.set()
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0.5)


async def test_a_pipelines_task_that_ignores_its_cancelling_holds_nothing_up(
    log: list[str],
) -> None:
    """Pipecat's own deadline for it would never come."""
    cleaning = Cleaning()
    worker = worker_with(cleaning)
    await worker.queue_frame(EndFrame())
    ending: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    await asyncio.wait_for(runner.run(worker, ending), 5)
    assert 0.5 < cleaning.cancelled_in < 2.0
    assert any("goes on although it was cancelled" in line for line in log)
    log.clear()


async def test_a_pipeline_ends_by_itself_when_nobody_ends_it() -> None:
    worker = worker_with(Stuck(CancelFrame))
    await worker.queue_frame(EndFrame())
    nobody: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    await asyncio.wait_for(runner.run(worker, nobody), 5)
