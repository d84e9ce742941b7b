"""Draw a hearing set: `python -m benchmarks.hearing.draw --split work --out DIR`."""

import secrets
import sys
from argparse import ArgumentParser
from pathlib import Path
from random import Random

from benchmarks.hearing.channel import RATE
from benchmarks.hearing.spoken import spoken
from benchmarks.hearing.texts.drafts import STANDARD, drafts
from benchmarks.hearing.texts.texts import FRESH, REPORT, SPLITS, WORK
from benchmarks.hearing.utterance import Utterance, write_utterances
from simulator.caller.audio import FULL_SCALE, to_samples, write_wav

SEEDS = {WORK: 8_101, REPORT: 52_609}  # of the splits that are always the same


def draw(
    split: str,
    folder: Path,
    *,
    seed: int | None = None,
    count: int = STANDARD,
    numbers: bool = False,
) -> list[Utterance]:
    """Write a set of WAVs and what they are into a folder, which is made if it is not there.

    Args:
        split: Of `SPLITS`.
        folder: Where to.
        seed: Decides all that is left to chance, the voices of the machine being the same; None
            for the split's own.
        count: About how many utterances.
        numbers: Draw nothing but ten-digit phone numbers with pauses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seed = seed_of(split) if seed is None else seed
    utterances: list[Utterance] = []
    for number, draft in enumerate(drafts(split, count, Random(seed), numbers=numbers)):
        dice = Random(f"{seed} {number}")  # so that one voice more changes one utterance
        name = f"{split}_{number:03}_{draft.kind.name.lower()}"
        made = spoken(name, draft, split, dice)
        write_wav(folder / f"{name}.wav", RATE, to_samples(made.sound * FULL_SCALE).tobytes())
        utterances.append(made.utterance)
    write_utterances(folder, utterances)
    return utterances


def seed_of(split: str) -> int:
    """The seed of a split that is always the same, and one by lot for the fresh one."""
    return secrets.randbelow(1_000_000) if split == FRESH else SEEDS[split]


def main() -> int:
    """Draw, and tell how many there are; returns the exit code."""
    parser = ArgumentParser(prog="python -m benchmarks.hearing.draw", description=__doc__)
    add = parser.add_argument
    add("--split", choices=SPLITS, required=True, help="whose texts and voices")
    add("--seed", type=int, help="another than the split's own; the fresh split has none")
    add("--count", type=int, default=STANDARD, help="about how many (%(default)s)")
    add("--numbers", action="store_true", help="only ten-digit phone numbers with pauses")
    add("--out", type=Path, required=True, metavar="DIR", help="where to")
    args = parser.parse_args()
    seed = seed_of(args.split) if args.seed is None else args.seed
    made = draw(args.split, args.out, seed=seed, count=args.count, numbers=args.numbers)
    paused = sum(bool(utterance.pauses) for utterance in made)
    print(f"{args.split}, seed {seed}: {len(made)} utterances, {paused} with pauses")
    print(*sorted({utterance.voice for utterance in made}), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
