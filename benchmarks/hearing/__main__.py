"""Try how well our bot listens, beside a plain one: `python -m benchmarks.hearing`."""

import sys
from argparse import ArgumentParser

from benchmarks.hearing.fixtures import Kind
from benchmarks.hearing.run import FRAME_MS, LANES, hearing
from benchmarks.load import BOTS

KINDS = {kind.name.lower().replace("_", "-"): kind for kind in Kind}


def main() -> int:
    """Try, print and return the exit code."""
    parser = ArgumentParser(prog="python -m benchmarks.hearing", description=__doc__)
    add = parser.add_argument
    add("--only", nargs="+", metavar="KIND", choices=KINDS, help=f"some of: {', '.join(KINDS)}")
    add("--bot", choices=BOTS, help="try one bot; hearing.md stays as it is, also with --only")
    add("--lanes", type=int, default=LANES, help="calls at once (%(default)s)")
    add("--frame-ms", type=int, default=FRAME_MS, help="length of Exotel's messages (%(default)s)")
    args = parser.parse_args()
    return hearing(
        [args.bot] if args.bot else BOTS,
        [KINDS[name] for name in args.only or KINDS],
        lanes=args.lanes,
        frame_ms=args.frame_ms,
        keep=not (args.only or args.bot),
    )


if __name__ == "__main__":
    sys.exit(main())
