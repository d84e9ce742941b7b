"""All fixtures with all bots: calls in several lanes, a table, and the page that keeps it."""

import asyncio
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hearing.fixtures import Kind
from benchmarks.hearing.judge import Outcome
from benchmarks.hearing.lane import Lane, open_lane
from benchmarks.hearing.table import DEFINITIONS, cells, described, missed
from benchmarks.hearing.trials import Trial, trials
from benchmarks.load import LATENCIES
from benchmarks.page import page
from benchmarks.processes import ProgramFailed
from benchmarks.table import LATE_SIMULATOR, as_markdown, as_text

RESULTS = Path(__file__).parent.parent / "hearing.md"
LANES = 3  # calls at once: these don't try a bot under load
FRAME_MS = 20  # as seen live; documented are 100
REACHED, MISSED, FAILED, INTERRUPTED = 0, 1, 2, 130  # exit codes


@dataclass(slots=True)
class Heard:
    """What one bot made of the fixtures.

    Attributes:
        outcomes: Of each fixture.
        lag: Seconds by which the simulated callers ran late, at worst.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    lag: float = 0.0


def hearing(
    bots: Iterable[str],
    kinds: Sequence[Kind],
    *,
    lanes: int = LANES,
    frame_ms: int = FRAME_MS,
    keep: bool = True,
) -> int:
    """Try the bots and print what came of it; returns the exit code.

    Args:
        bots: Of `BOTS`.
        kinds: Of fixtures.
        lanes: Calls at once.
        frame_ms: The length of the messages that carry the callers' sound.
        keep: Whether to write the table into `hearing.md`; else every single outcome is printed.
    """
    try:
        heard = asyncio.run(_try_all(bots, kinds, lanes, frame_ms))
    except ProgramFailed as error:
        print(error, file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    table = cells({bot: found.outcomes for bot, found in heard.items()})
    doubts = [_doubt(bot, found) for bot, found in heard.items() if found.lag > LATE_SIMULATOR]
    if keep:
        RESULTS.write_text(_page(lanes, frame_ms, as_markdown(table), doubts), encoding="utf-8")
    else:
        for bot, found in heard.items():
            print("", f"{bot}:", *sorted(map(described, found.outcomes)), sep="\n")
    print("", as_text(table), *doubts, sep="\n")
    shortfalls = missed(heard["ours"].outcomes) if "ours" in heard else []
    for shortfall in shortfalls:
        print(f"Target missed: {shortfall}.")
    return MISSED if shortfalls else REACHED


async def _try_all(
    bots: Iterable[str], kinds: Sequence[Kind], lanes: int, frame_ms: int
) -> dict[str, Heard]:
    if task := asyncio.current_task():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return {bot: await _try(bot, kinds, lanes, frame_ms) for bot in bots}


async def _try(bot: str, kinds: Sequence[Kind], lanes: int, frame_ms: int) -> Heard:
    waiting = [trial for kind in kinds for trial in trials(kind)][::-1]
    heard = Heard()
    print(f"{bot}: {len(waiting)} calls, {lanes} at a time ...")
    async with AsyncExitStack() as stack:
        folders = [Path(stack.enter_context(TemporaryDirectory())) for _ in range(lanes)]
        opened = [
            await stack.enter_async_context(open_lane(bot, folder, frame_ms))
            for folder in folders[: len(waiting)]
        ]
        async with asyncio.TaskGroup() as tasks:
            for lane in opened:
                tasks.create_task(_work(lane, waiting, heard))
    return heard


async def _work(lane: Lane, waiting: list[Trial], heard: Heard) -> None:
    while waiting:
        trial = waiting.pop()
        call = await lane.call(trial)
        heard.outcomes += trial.judge(call)
        heard.lag = max(heard.lag, call.report.lag)


def _doubt(bot: str, found: Heard) -> str:
    return (
        f"The callers of {bot} ran up to {found.lag * 1_000:.0f} ms late, and its times are no "
        "better than that: repeat the run when the machine is quieter."
    )


def _page(lanes: int, frame_ms: int, table: str, doubts: list[str]) -> str:
    latencies = "/".join(str(ms) for ms in LATENCIES.values())
    return page(
        "How well the bots listen",
        table,
        *(f"**{doubt}**" for doubt in doubts),
        "The fixtures are synthetic voices and computed noises on a telephone line, in "
        "`benchmarks/hearing/recordings`. What is to be answered is said one after the other in a "
        "call. Interruptions and noises have a call each, and come two seconds into a story that "
        f"the bot tells. There are {lanes} calls at a time, each to a bot process with providers "
        f"of its own. Exotel's messages have {frame_ms} ms of sound. Speech recognition, model and "
        f"voice take {latencies} ms.",
        *DEFINITIONS,
    )
