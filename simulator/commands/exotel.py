"""`python -m simulator exchange`: Exotel's REST for a developer without an account."""

import asyncio
import re
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from simulator.caller.audio import UnreadableAudio
from simulator.caller.caller import load_recordings
from simulator.caller.scenario_file import BadScenario
from simulator.caller.scenarios import spoken
from simulator.exotel import (
    KNOWN,
    Account,
    Answers,
    Exchange,
    Faults,
    Flow,
    Happening,
    Person,
    Voicebot,
    run_exchange,
)
from simulator.exotel.calls.people import scenario_of
from simulator.exotel.narration import narrate
from simulator.exotel.specs import KINDS, BadSpec, read_faults, read_flows, read_people
from simulator.stream.upgrade import DEFAULT_RATE

STOPPED, CANNOT_SERVE, USAGE = 0, 1, 2  # exit codes
BOT = "1000=ws://127.0.0.1:7860/ws"  # the flow there is if none is given: a bot on this machine


@dataclass(frozen=True, slots=True)
class _Cast:
    """What the arguments say."""

    people: dict[str, Person]
    everybody: Person
    flows: dict[str, Flow]
    faults: Faults


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.description = "Stand in for Exotel's REST and phone lines until stopped with Ctrl-C."
    parser.epilog = f"Faults: {', '.join(KNOWN)}."
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    add("--port", type=int, default=9200, help="port to listen at; 0 for any (%(default)s)")
    add(
        "--person",
        metavar="NUMBER=WHAT",
        action="append",
        default=[],
        help=f"who is at a number: {KINDS} or unreachable; everybody else answers",
    )
    add(
        "--say",
        metavar="WAV",
        action="append",
        default=[],
        help="what everybody else says, each once the bot is quiet",
    )
    add(
        "--flow",
        metavar="ID=URL",
        action="append",
        default=[],
        help=f"a flow with a Voicebot applet, whose URL this is ({BOT})",
    )
    add("--exophone-flow", metavar="ID", help="the flow that answers the ExoPhone (the only one)")
    add(
        "--fault",
        metavar="[NUMBER=]NAME",
        action="append",
        default=[],
        help="what goes wrong with requests to dial, or to dial a number; names are below",
    )
    add("--transcript", metavar="FILE", type=Path, help="add JSON lines about everything to this")


def run(args: Namespace) -> int:
    """Serve until interrupted; 1 if that cannot be, 2 if the arguments make no sense."""
    try:
        cast = _cast(args)
    except (BadSpec, BadScenario, UnreadableAudio) as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    try:
        asyncio.run(_serve(args, cast))
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return CANNOT_SERVE
    return STOPPED


def _cast(args: Namespace) -> _Cast:
    everybody = Answers(scenario=spoken(args.say)) if args.say else Answers()
    cast = _Cast(
        people=read_people(args.person),
        everybody=everybody,
        flows=read_flows(args.flow or [BOT]),
        faults=read_faults(args.fault),
    )
    if args.exophone_flow is not None and args.exophone_flow not in cast.flows:
        raise BadSpec(f"no flow {args.exophone_flow!r}; there are {', '.join(cast.flows)}")
    if args.exophone_flow is None and len(cast.flows) > 1:
        raise BadSpec("with more than one --flow, say with --exophone-flow which the ExoPhone has")
    _check_recordings([*cast.people.values(), everybody])
    return cast


def _check_recordings(people: Iterable[Person]) -> None:
    """Find out now what could not be played in a call."""
    for person in people:
        load_recordings(scenario_of(person), DEFAULT_RATE)


async def _serve(args: Namespace, cast: _Cast) -> None:
    began = time.monotonic()

    def show(happening: Happening) -> None:
        _say(f"{time.monotonic() - began:8.2f}  {narrate(happening)}")

    async with run_exchange(
        account=Account(exophone_flow=args.exophone_flow),
        people=cast.people,
        default_person=cast.everybody,
        flows=cast.flows,
        faults=cast.faults,
        transcript=args.transcript,
        on_happening=show,
        host=args.host,
        port=args.port,
    ) as exchange:
        _say(_settings(exchange, cast.flows))
        await asyncio.Event().wait()


def _settings(exchange: Exchange, flows: Mapping[str, Flow]) -> str:
    bots = public_url(next(iter(flows.values())))  # of the flow that EXOTEL_FLOW_ID names
    settings = {**exchange.env, "PUBLIC_URL": bots}
    lines = "\n".join(f"{name}={value}" for name, value in settings.items())
    return f"# Put this into .env:\n{lines}\n# Then any number can be called."


def public_url(flow: Flow) -> str:
    """Where the bot of a flow answers HTTP: what its Voicebot applet has, without what follows.

    The path keeps what stands before `/ws`, or before `/exotel` of an applet that asks the bot for
    its socket: a proxy may have the bot below one.
    """
    (url,) = (applet.url for applet in flow.applets if isinstance(applet, Voicebot))
    parts = urlsplit(url)
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    below = re.split(r"/(?:ws|exotel)(?:/|$)", parts.path)[0].rstrip("/")
    return f"{scheme}://{parts.netloc.rpartition('@')[2]}{below}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
