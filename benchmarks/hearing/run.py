"""Hearing sets tried with bots: sets that are drawn, and calls in several lanes."""

import asyncio
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hearing.draw import draw, seed_of
from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.lane import Lane, open_lane
from benchmarks.hearing.outcome import Call, Outcome
from benchmarks.hearing.trials import Drawn, Trial, trials

TOO_LATE_SECS = 0.1  # a caller who runs so late is no caller
ATTEMPTS = 2
LANES = 9  # calls at once: two idle cores carry them, and all splits take 25 minutes
TELLING = 20  # calls from one line of progress to the next


@dataclass(slots=True)
class Heard:
    """What one bot made of the sets.

    Attributes:
        outcomes: Of each utterance.
        lag: Seconds by which the simulated callers ran late, at worst.
        again: Calls that were made again because their callers ran late.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    lag: float = 0.0
    again: int = 0

    def of(self, split: str) -> list[Outcome]:
        """The outcomes of one split."""
        return [outcome for outcome in self.outcomes if outcome.split == split]


def drawn_sets(
    splits: Sequence[str], folder: Path, count: int, *, seed: int | None, numbers: bool
) -> list[Drawn]:
    """Draw the sets into folders of their own, and tell their seeds."""
    seeds = {split: seed_of(split) if seed is None else seed for split in splits}
    by_seed = ", ".join(f"{split} by seed {chosen}" for split, chosen in seeds.items())
    print(f"Drawing {by_seed} ...", flush=True)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        drawing = {
            split: pool.submit(
                draw, split, folder / split, seed=chosen, count=count, numbers=numbers
            )
            for split, chosen in seeds.items()
        }
        return [
            Drawn(split, folder / split, tuple(made.result()), seeds[split])
            for split, made in drawing.items()
        ]


async def try_bot(bot: str, drawn: Sequence[Drawn], kinds: Sequence[Kind], lanes: int) -> Heard:
    """Make all calls of the sets with one of `BOTS`.

    Raises:
        ProgramFailed: If the bot does not start.
    """
    if task := asyncio.current_task():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    waiting = [trial for some in drawn for trial in trials(some, kinds)][::-1]
    heard = Heard()
    print(f"{bot}: {len(waiting)} calls, {lanes} at a time ...", flush=True)
    lanes = min(lanes, len(waiting))
    ready = asyncio.Barrier(lanes)  # a bot that starts would slow the others' calls
    async with asyncio.TaskGroup() as tasks:
        for _ in range(lanes):
            tasks.create_task(_work(bot, ready, waiting, heard))
    return heard


async def _work(bot: str, ready: asyncio.Barrier, waiting: list[Trial], heard: Heard) -> None:
    """Make calls in one lane until none is left."""
    with TemporaryDirectory() as folder:
        async with open_lane(bot, Path(folder)) as lane:
            await ready.wait()
            while waiting:
                trial = waiting.pop()
                call = await _undelayed(lane, trial, heard)
                heard.outcomes += trial.judge(call)
                heard.lag = max(heard.lag, call.report.lag)
                if waiting and len(waiting) % TELLING == 0:
                    print(f"{bot}: {len(waiting)} calls to go ...", flush=True)


async def _undelayed(lane: Lane, trial: Trial, heard: Heard) -> Call:
    """A call; it is made again when its caller ran late, which says nothing of the bot."""
    for _ in range(ATTEMPTS - 1):
        call = await lane.call(trial)
        if call.report.lag <= TOO_LATE_SECS:
            return call
        heard.again += 1
    return await lane.call(trial)
