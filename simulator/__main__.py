"""The command line of the simulator: one sub-command per thing it can stand in for."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Protocol

from simulator.commands import call, demo, demo_outbound, exotel, providers

INTERRUPTED = 130  # exit code of a program stopped with Ctrl-C


class Command(Protocol):
    """What a module must offer to be a sub-command."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command understands."""

    def run(self, args: Namespace) -> int:
        """Do it; return the exit code."""


COMMANDS: dict[str, Command] = {
    "call": call,
    "demo": demo,
    "demo-outbound": demo_outbound,
    "exchange": exotel,
    "providers": providers,
}


def main() -> int:
    """Run the sub-command that was asked for."""
    parser = ArgumentParser(prog="python -m simulator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.add_arguments(commands.add_parser(name, help=command.__doc__))
    args = parser.parse_args()
    try:
        return COMMANDS[args.command].run(args)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
