"""Try how well our bot listens, beside a plain one: `python -m benchmarks.hearing`."""

import sys
from argparse import ArgumentParser

from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.page import hearing
from benchmarks.hearing.run import LANES
from benchmarks.hearing.texts.drafts import STANDARD
from benchmarks.hearing.texts.texts import SPLITS
from benchmarks.load import BOTS

KINDS = {kind.name.lower().replace("_", "-"): kind for kind in Kind}


def main() -> int:
    """Try, print and return the exit code."""
    parser = ArgumentParser(prog="python -m benchmarks.hearing", description=__doc__)
    add = parser.add_argument
    add("--split", choices=SPLITS, help="try one split; hearing.md stays as it is with any option")
    add("--bot", choices=BOTS, help="try one bot")
    add("--only", nargs="+", metavar="KIND", choices=KINDS, help=f"some of: {', '.join(KINDS)}")
    add("--count", type=int, default=STANDARD, help="utterances in a split (%(default)s)")
    add("--seed", type=int, help="another than the split's own")
    add("--numbers", action="store_true", help="only ten-digit phone numbers with pauses")
    add("--lanes", type=int, default=LANES, help="calls at once (%(default)s)")
    args = parser.parse_args()
    changed = args.split or args.bot or args.only or args.seed is not None or args.numbers
    return hearing(
        [args.bot] if args.bot else list(BOTS),
        [args.split] if args.split else SPLITS,
        [KINDS[name] for name in args.only or KINDS],
        lanes=args.lanes,
        count=args.count,
        seed=args.seed,
        numbers=args.numbers,
        keep=not changed and args.count == STANDARD,
    )


if __name__ == "__main__":
    sys.exit(main())
