"""The page `hearing.md`, and the same tables for a terminal."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hearing.codecs import codecs
from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.measures import Outcomes
from benchmarks.hearing.run import Heard, drawn_sets, try_bot
from benchmarks.hearing.table import DEFINITIONS, by_kind, described, faults, missed, summary
from benchmarks.hearing.texts.texts import REPORT, SPLITS
from benchmarks.hearing.trials import Drawn
from benchmarks.load import BOTS, LATENCIES
from benchmarks.page import page
from benchmarks.processes import ProgramFailed
from benchmarks.table import LATE_SIMULATOR, as_markdown, as_text

RESULTS = Path(__file__).parent.parent / "hearing.md"
OURS, PLAIN = BOTS
REACHED, MISSED, FAILED, INTERRUPTED = 0, 1, 2, 130  # exit codes


def hearing(
    bots: Sequence[str],
    splits: Sequence[str],
    kinds: Sequence[Kind],
    *,
    lanes: int,
    count: int,
    seed: int | None = None,
    numbers: bool = False,
    keep: bool = True,
) -> int:
    """Try the bots and print what came of it; returns the exit code.

    Args:
        bots: Of `BOTS`; the plain one only meets the report split when others are tried too.
        splits: Of `SPLITS`.
        kinds: Of utterances.
        lanes: Calls at once.
        count: About how many utterances in a split.
        seed: Of the sets; None for the splits' own.
        numbers: Draw nothing but ten-digit phone numbers with pauses.
        keep: Whether to write the tables into `hearing.md`; else every outcome is printed.
    """
    with TemporaryDirectory() as folder:
        drawn = drawn_sets(splits, Path(folder), count, seed=seed, numbers=numbers)
        try:
            heard = {
                bot: asyncio.run(try_bot(bot, _sets_for(bot, bots, drawn), kinds, lanes))
                for bot in bots
            }
        except ProgramFailed as error:
            print(error, file=sys.stderr)
            return FAILED
        except (KeyboardInterrupt, asyncio.CancelledError):
            return INTERRUPTED
    sets = _sets(heard)
    doubts = [_doubt(bot, found) for bot, found in heard.items() if found.lag > LATE_SIMULATOR]
    ours = {name: found for name, found in sets.items() if name.startswith(OURS)}
    problems = [*faults(ours), *missed(ours)]
    if keep:
        RESULTS.write_text(_page(sets, drawn, lanes, doubts, problems), encoding="utf-8")
    else:
        for name, found in sets.items():
            print("", f"{name}:", *sorted(map(described, found)), sep="\n")
    print("", as_text(by_kind(sets)), "", as_text(summary(sets)), *doubts, sep="\n")
    for problem in problems:
        print(f"Missed: {problem}.")
    return MISSED if problems else REACHED


def _sets_for(bot: str, bots: Sequence[str], drawn: Sequence[Drawn]) -> Sequence[Drawn]:
    reported = [some for some in drawn if some.split == REPORT]
    return reported if bot == PLAIN and len(bots) > 1 and reported else drawn


def _sets(heard: dict[str, Heard]) -> dict[str, Outcomes]:
    return {
        f"{bot}, {split}": found.of(split)
        for bot, found in heard.items()
        for split in SPLITS
        if found.of(split)
    }


def _doubt(bot: str, found: Heard) -> str:
    return (
        f"The callers of {bot} ran up to {found.lag * 1_000:.0f} ms late, with {found.again} calls "
        "made again for that, and its times are no better: repeat the run when the machine is "
        "quieter."
    )


def _page(
    sets: dict[str, Outcomes],
    drawn: Sequence[Drawn],
    lanes: int,
    doubts: Sequence[str],
    problems: Sequence[str],
) -> str:
    latencies = "/".join(str(ms) for ms in LATENCIES.values())
    ours = {name: found for name, found in sets.items() if name.startswith(OURS)}
    reported = {name: found for name, found in sets.items() if name.endswith(REPORT)}
    return page(
        "How well the bots listen",
        as_markdown(summary(sets)),
        *(f"**{doubt}**" for doubt in doubts),
        *(["\n".join(("What ours missed:\n", *(f"- {p}" for p in problems)))] if problems else ()),
        as_markdown(by_kind(reported)),
        as_markdown(by_kind(ours)),
        "The utterances are drawn from a seed: templates, values, voices, pauses of 0.45 to "
        "1.3 s, codecs, noises and levels. The work split is there to improve the bot with, the "
        "report split only for this page; they have no sentence, hardly a value and no voice in "
        "common, but festival's Hindi and Marathi voices are of one speaker. The fresh split is "
        "drawn from both, by a seed of this run. The seeds: "
        f"{', '.join(f'{some.split} {some.seed}' for some in drawn)}. `python -m "
        "benchmarks.hearing.draw` makes the sounds again.",
        f"**Most voices are synthetic.** Recorded people say numbers, letters, days and months "
        f"in {_recorded(drawn)} utterances, put together word by word: Allison Smith's prompts for "
        "Asterisk (CC-BY-SA-3.0) and KLettres' letters (GPL-2+), where Debian's packages of them "
        f"are installed. Voices of this run: {'; '.join(_voices(drawn))}. Codecs: "
        f"{', '.join(codecs())}.",
        "What is to be answered is said one after the other in a call, after a question that fits "
        "in two of three cases. What comes over the bot's words begins 1.2 to 2.2 s into them. "
        "Half of the calls have messages of 20 ms, half of 100 ms. There are "
        f"{lanes} calls at a time, each to a bot process with providers of its own. Speech "
        f"recognition, model and voice take {latencies} ms; the stand-in for the first "
        "knows what was drawn, so this is about turns, not about words.",
        *DEFINITIONS,
    )


def _voices(drawn: Sequence[Drawn]) -> list[str]:
    said = {u.voice for some in drawn for u in some.utterances if u.text}
    return sorted(said)


def _recorded(drawn: Sequence[Drawn]) -> int:
    return sum("recorded" in u.voice for some in drawn for u in some.utterances)
