"""`python -m simulator providers`: Deepgram, OpenAI and Cartesia for a bot without keys."""

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from simulator.providers import Behaviour, Fault, Provider, run_providers
from simulator.providers.fault_names import BadFault, describe_faults, parse_fault
from simulator.speech import UnusableRecording, read_transcripts

STOPPED, CANNOT_SERVE = 0, 1  # exit codes


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.description = "Stand in for Deepgram, OpenAI and Cartesia until stopped with Ctrl-C."
    usual = Behaviour()
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    add("--port", type=int, default=9100, help="port to listen at; 0 for any (%(default)s)")
    for name, secs, what in (
        ("--stt-latency-ms", usual.stt_latency, "from the end of speech to its transcript"),
        ("--llm-latency-ms", usual.llm_latency, "from a request to its first token"),
        ("--llm-token-interval-ms", usual.llm_token_interval, "from one token to the next"),
        ("--tts-latency-ms", usual.tts_latency, "from a text to its first sound"),
    ):
        add(name, type=float, metavar="MS", default=secs * 1000, help=f"{what} (%(default)g)")
    add(
        "--transcripts",
        type=Path,
        metavar="TSV",
        help="table with the columns file and text: the WAVs to recognise",
    )
    add(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="PROVIDER=FAULT",
        help=f"stt, llm or tts, and what is wrong with it, such as llm=hang or stt=refuse:429,5; "
        f"once for each provider: {describe_faults()}",
    )


def _fault(written: str) -> tuple[Provider, Fault]:
    try:
        return parse_fault(written)
    except BadFault as error:  # argparse shows the words of its own error only
        raise ArgumentTypeError(str(error)) from error


def run(args: Namespace) -> int:
    """Serve until interrupted."""
    faults = dict(args.fault)
    if len(faults) < len(args.fault):
        sys.stderr.write("--fault: each provider can have one fault at a time\n")
        return CANNOT_SERVE
    behaviour = Behaviour(
        stt_latency=args.stt_latency_ms / 1000,
        llm_latency=args.llm_latency_ms / 1000,
        llm_token_interval=args.llm_token_interval_ms / 1000,
        tts_latency=args.tts_latency_ms / 1000,
        **faults,
    )
    try:
        asyncio.run(_serve(args.host, args.port, behaviour, args.transcripts))
    except (OSError, UnusableRecording) as error:
        sys.stderr.write(f"{error}\n")
        return CANNOT_SERVE
    return STOPPED


async def _serve(host: str, port: int, behaviour: Behaviour, transcripts: Path | None) -> None:
    recordings = read_transcripts(transcripts) if transcripts else None
    async with run_providers(behaviour, recordings=recordings, host=host, port=port) as providers:
        lines = "\n".join(f"{name}={value}" for name, value in providers.env.items())
        sys.stdout.write(f"# Put this into .env:\n{lines}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()
