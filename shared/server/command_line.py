"""The options of `python -m inbound` and `python -m outbound`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

EPILOG = (
    "Everything else is a setting, an environment variable or a line of .env: .env.example lists "
    "them, the README explains them. Options win over variables, and variables over .env."
)


def options(program: str, arguments: Sequence[str] | None = None) -> Namespace:
    """Read the command line; what it doesn't know, it refuses.

    Args:
        program: The app's package.
        arguments: The process's own if None.

    Returns:
        `env_file`, a path or None, and `settings`, by name.
    """
    parser = ArgumentParser(
        prog=f"python -m {program}",
        description=f"Serve the {program} bot until Ctrl-C or SIGTERM.",
        epilog=EPILOG,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--host", metavar="ADDRESS", help="where to listen, as HOST")
    add("--port", metavar="NUMBER", help="where to listen, as PORT")
    add("--bot", metavar="MODULE|FILE", help="who answers, as BOT")
    add("--env-file", metavar="FILE", type=Path, help="read this instead of .env")
    args = parser.parse_args(arguments)
    given = {name.upper(): getattr(args, name) for name in ("host", "port", "bot")}
    args.settings = {name: value for name, value in given.items() if value is not None}
    return args
