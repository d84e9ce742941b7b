"""Measure our bot beside a plain one, under load and as listeners: `python -m benchmarks`."""

import asyncio
import json
import signal
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.page import hearing
from benchmarks.hearing.run import LANES
from benchmarks.hearing.texts.drafts import STANDARD
from benchmarks.hearing.texts.texts import SPLITS
from benchmarks.load import BOTS, LATENCIES, Load, measure, running_providers
from benchmarks.measure import Measurement
from benchmarks.page import page
from benchmarks.processes import ProgramFailed
from benchmarks.table import ROWS, as_markdown, as_text, cells, doubts, missed

RESULTS = Path(__file__).parent / "results.md"
DEFINITIONS = (
    "All times are what the caller hears. Barge-in counts from the first sound of the interrupting "
    "voice. A gap is a silence of more than 20 ms in what the bot is saying.",
    "Processor time is that of the bot's process, divided by the sum of all calls' durations. "
    "Memory per further call is the most that was resident during the simultaneous calls, less the "
    "most during one call alone (the second of the process), divided by the number of the others.",
)
REACHED, MISSED, FAILED, INTERRUPTED = 0, 1, 2, 130  # exit codes


def main() -> int:
    """Measure, print, keep; returns the exit code."""
    args = _arguments()
    try:
        measurements = asyncio.run(_measure(args))
    except ProgramFailed as error:
        print(error, file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    table = cells(measurements)
    notes = doubts(measurements)
    print("", as_text(table), *notes, sep="\n")
    if args.json:
        args.json.write_text(json.dumps(_document(measurements), indent=1), encoding="utf-8")
    if not args.only:
        RESULTS.write_text(_page(args, as_markdown(table), notes), encoding="utf-8")
    shortfalls = missed(measurements["ours"]) if "ours" in measurements else []
    for label in shortfalls:
        print(f"Target missed: {label}.")
    listened = REACHED
    if not (args.only or args.load_only):
        listened = hearing(list(BOTS), SPLITS, tuple(Kind), lanes=LANES, count=STANDARD)
    return max(MISSED if shortfalls else REACHED, listened)


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--calls", type=int, default=8, help="callers who ring at once (%(default)s)")
    add("--rounds", type=int, default=1, help="how often they do (%(default)s)")
    add("--frame-ms", type=int, default=20, help="length of Exotel's messages (%(default)s)")
    add("--apart", type=float, default=0.0, help="seconds from one ring to the next (%(default)g)")
    add("--only", choices=BOTS, help="measure one bot, and leave results.md as it is")
    add("--load-only", action="store_true", help="don't try how well they listen (25 minutes)")
    add("--json", type=Path, metavar="FILE", help="write all numbers and every call's report")
    args = parser.parse_args()
    if not Path("/proc/self/stat").exists():
        parser.error("this needs Linux: processor time and memory are read from /proc")
    return args


async def _measure(args: Namespace) -> dict[str, Measurement]:
    if task := asyncio.current_task():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    load = Load(args.calls, args.rounds, args.apart, args.frame_ms)
    with TemporaryDirectory() as folder:
        async with running_providers(Path(folder)) as providers:
            return {
                name: await measure(name, load, providers, Path(folder))
                for name in BOTS
                if args.only in (None, name)
            }


def _document(measurements: dict[str, Measurement]) -> dict[str, Any]:
    return {
        name: {
            "numbers": {row.label: row.value(measurement) for row in ROWS},
            "cold": measurement.cold.as_dict(),
            "calls": [call.as_dict() for call in measurement.calls],
        }
        for name, measurement in measurements.items()
    }


def _page(args: Namespace, table: str, notes: list[str]) -> str:
    latencies = "/".join(str(ms) for ms in LATENCIES.values())
    return page(
        "What `make bench` measured",
        table,
        *(f"**{note}**" for note in notes),
        f"{args.calls} callers ring, each {args.apart:g} s after the last, {args.rounds} time(s), "
        f"and send {args.frame_ms} ms frames. Each hears the greeting, asks a question, hears the "
        "answer, asks for a story, interrupts it with another question, hears the answer and hangs "
        f"up. Speech recognition, model and voice take {latencies} ms. The bot, the providers and "
        "the callers share the same cores.",
        *DEFINITIONS,
    )


if __name__ == "__main__":
    sys.exit(main())
