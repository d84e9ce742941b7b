"""`python -m simulator call`: ring a bot from the command line."""

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from simulator.caller.audio import UnreadableAudio
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import Scenario
from simulator.caller.scenario_file import BadScenario
from simulator.caller.scenarios import SCENARIOS, find_scenario, spoken
from simulator.caller.table import describe, describe_event
from simulator.stream.profiles import PROFILES, Profile
from simulator.stream.upgrade import NotDialable

HEARD, NOT_HEARD, USAGE = 0, 1, 2  # exit codes
KEYS = frozenset("0123456789*#")


class BadArguments(Exception):
    """Arguments that make no sense; the text says which."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.description = "Call a bot as Exotel would, and report what the caller heard."
    parser.epilog = "Exits with 0 if the bot was heard, 1 if not, 2 if the arguments make no sense."
    add = parser.add_argument
    add("url", help="ws:// or wss:// URL, as in the Voicebot applet")
    add("--scenario", metavar="NAME|FILE", help=f"one of {', '.join(SCENARIOS)}; or a JSON file")
    add(
        "--say",
        metavar="WAV",
        action="append",
        default=[],
        help="say this WAV, PCM or float, once the bot is quiet",
    )
    add("--press", metavar="KEYS", help="then press these keys")
    add("--record", metavar="WAV", type=Path, help="write both sides: caller left, bot right")
    add("--heard", metavar="WAV", type=Path, help="write what the caller heard")
    add("--profile", metavar="NAME", default="live", help=f"which Exotel: {', '.join(PROFILES)}")
    add("--from", dest="from_number", metavar="NUMBER", help="the caller's number")
    add("--to", dest="to_number", metavar="NUMBER", help="the ExoPhone called")
    add("--timeout", metavar="SECS", type=float, help="hang up after so long")
    add("--json", action="store_true", help="print the report as JSON, and nothing else")


def run(args: Namespace) -> int:
    """Place the call; 0 if the bot was heard, 1 if not, 2 if the arguments make no sense."""
    try:
        _check(args)
        report = asyncio.run(_call(args, _scenario(args)))
    except (BadArguments, BadScenario, NotDialable, UnreadableAudio) as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    _save(report, args)
    text = json.dumps(report.as_dict(), indent=2) if args.json else "\n" + describe(report)
    sys.stdout.write(f"{text}\n")
    return HEARD if report.succeeded else NOT_HEARD


def _check(args: Namespace) -> None:
    """Find out before the call what could not be done after it."""
    if args.profile not in PROFILES:
        raise BadArguments(f"no profile {args.profile!r}; there are {', '.join(PROFILES)}")
    if args.scenario and (args.say or args.press):
        raise BadArguments("--scenario says it all; leave out --say and --press")
    if args.timeout is not None and args.timeout <= 0:
        raise BadArguments("--timeout must be more than nothing")
    if set(args.press or "") - KEYS:
        raise BadArguments(f"--press {args.press}: the keys of a phone are {''.join(sorted(KEYS))}")
    for path in (args.record, args.heard):
        if path and not path.parent.is_dir():
            raise BadArguments(f"no directory {path.parent}")


async def _call(args: Namespace, scenario: Scenario) -> CallReport:
    def show(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    return await place_call(
        args.url,
        scenario,
        profile=_profile(args),
        on_event=None if args.json else lambda event: show(describe_event(event)),
    )


def _profile(args: Namespace) -> Profile:
    profile = PROFILES[args.profile]
    return replace(
        profile,
        from_number=args.from_number or profile.from_number,
        to_number=args.to_number or profile.to_number,
    )


def _scenario(args: Namespace) -> Scenario:
    scenario = find_scenario(args.scenario) if args.scenario else spoken(args.say, args.press)
    return replace(scenario, max_secs=args.timeout) if args.timeout else scenario


def _save(report: CallReport, args: Namespace) -> None:
    if report.connected and args.record:
        report.save_both(args.record)
    if report.connected and args.heard:
        report.save(args.heard)
