"""Run a pipeline to its end, whatever hangs in it."""

import asyncio
from typing import Any

from loguru import logger
from pipecat.frames.frames import CancelFrame
from pipecat.pipeline.worker import PipelineWorker
from pipecat.utils.asyncio.task_manager import TaskManager
from pipecat.workers.runner import WorkerRunner

from shared.deadlines import CANCEL_SECS as TASK_SECS
from shared.deadlines import cancel, within

CANCEL_SECS = 4.0  # for a pipeline to end when asked politely
FORCE_SECS = 2.0  # for it to end when the frame goes around everything that may hang


class BoundedTaskManager(TaskManager):
    """Pipecat's manager of a pipeline's tasks, with a bound to every cancellation.

    All that Pipecat and our own processors cancel in a call is cancelled here. Pipecat's own waits
    until a task has ended, and a processor that waits so hears nothing and says nothing: the
    caller's voice would come no further for the rest of the call.
    """

    async def cancel_task(self, task: asyncio.Task[Any], timeout: float | None = None) -> None:
        """Cancel a task and wait for its end, for `TASK_SECS` at most."""
        if task is asyncio.current_task():
            await super().cancel_task(task)  # which warns, and does nothing
        else:
            await cancel(task, min(timeout or TASK_SECS, TASK_SECS))


async def run(worker: PipelineWorker, ending: asyncio.Future[str]) -> None:
    """Run `worker` until it has ended, or until a few seconds after `ending`.

    Pipecat's own ways to cancel can all wait for ever behind a processor that hangs, so each has
    its time here, and a pipeline that survives them is left behind with an error in the log.

    Args:
        worker: Not started yet.
        ending: Resolves, to a reason, when the pipeline must end.
    """
    runner = WorkerRunner(
        handle_sigint=False, check_dangling_tasks=False, task_manager=BoundedTaskManager()
    )
    await runner.add_workers(worker)
    running = asyncio.create_task(runner.run(), name="pipeline")
    try:
        await asyncio.wait((running, ending), return_when="FIRST_COMPLETED")
        if not running.done():
            await _end(worker, running, ending.result())
    except asyncio.CancelledError:
        await asyncio.shield(_end(worker, running, "cancelled"))
        raise
    if running.done():
        running.result()


async def _end(worker: PipelineWorker, running: asyncio.Task[None], reason: str) -> None:
    cancelling = asyncio.create_task(worker.cancel(reason=reason), name="cancel pipeline")
    await asyncio.wait({running}, timeout=CANCEL_SECS)
    if not running.done():
        logger.warning("the pipeline did not end when cancelled; forcing it")
        await worker.pipeline.queue_frame(CancelFrame(reason=reason))
        await asyncio.wait({running}, timeout=FORCE_SECS)
    if not running.done():
        logger.error("the pipeline is stuck; leaving it behind")
        running.cancel()
        await _release(worker)
    cancelling.cancel()


async def _release(worker: PipelineWorker) -> None:
    """Let go of all that a stuck pipeline holds: its tasks, and its connections to providers."""
    for task in worker.task_manager.current_tasks():
        task.cancel()
    releases = (within(FORCE_SECS, each.cleanup()) for each in worker.pipeline.processors)
    await asyncio.gather(*releases, return_exceptions=True)
