"""`python -m simulator demo`: the keyless call, from starting the bot to the table at the end."""

import asyncio
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path

from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenarios import SCENARIOS
from simulator.caller.table import describe
from simulator.commands import keyless_bot as keyless
from simulator.commands.keyless_bot import DidNotStart, KeylessBot, free_port, keyless_bot
from simulator.commands.screen import Screen
from simulator.commands.sound_player import recording_rows
from simulator.commands.terminal import say
from simulator.commands.verdict import DID_NOT, WENT_AS_SCRIPTED, faults_of, pronounce
from simulator.stream.profiles import Profile

RECORDING = Path("demo-call.wav")

NEXT = """
What next:
  make demo-outbound               the bot rings somebody, and keeps a record of the call
  README.md, Answer a real phone   the same with keys of your own and an ExoPhone
  README.md, Make it yours         what the bot says and does"""

# What the bot must have understood of the scenario called "demo", in this order.
UNDERSTOOD = (
    "what are your opening hours",
    "i want to book an appointment",
    "[unclear]",
    "tuesday",
    "yes please",
    "DTMF: 1",
    "goodbye",
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.description = "A phone call on this machine, without an account, a key or a phone."
    keyless.add_arguments(parser)


def run(args: Namespace) -> int:
    """Play the demo; 0 only if the call went as scripted."""
    return asyncio.run(_demo(free_port(args.port), stays=keyless.stays(args)))


async def _demo(port: int, *, stays: bool) -> int:
    say("Starting the bot without any key: STT=pocketsphinx LLM=scripted TTS=espeak")
    try:
        async with keyless_bot("inbound", port, {}) as bot:
            say(f"It listens on {bot.socket}. Ringing it, as Exotel would:\n")
            report, understood = await _call(bot)
            report.save_both(RECORDING)
            say("\n" + describe(report))
            say(recording_rows(RECORDING, "the caller"))
            verdict = pronounce(_faults(report, understood))
            if verdict == WENT_AS_SCRIPTED:
                say(NEXT)
            if stays:
                await _stay(bot)
            return verdict
    except DidNotStart:
        say("The bot did not start; what it says above is why.")
        return DID_NOT


async def _call(bot: KeylessBot) -> tuple[CallReport, list[str]]:
    """Play the scenario, and show what the caller does and what the bot hears and says."""
    screen = Screen("caller")
    async with screen.following(bot):
        report = await place_call(
            bot.socket, SCENARIOS["demo"], profile=Profile(seed=1), on_event=screen.show_event
        )
    return report, screen.understood


def _faults(report: CallReport, understood: list[str]) -> list[str]:
    stopped = any(barge_in.to_clear is not None for barge_in in report.barge_ins)
    others = {"it talked on after the interruption": not stopped}
    return faults_of(report, understood, UNDERSTOOD, others)


async def _stay(bot: KeylessBot) -> None:
    say(
        "\nThe bot keeps running until Ctrl-C. Call it again from another terminal:\n"
        f"  .venv/bin/python -m simulator call '{bot.socket}' --scenario keys\n"
        f"  .venv/bin/python -m simulator call '{bot.socket}' --say your-own.wav --record call.wav"
    )
    with suppress(asyncio.CancelledError):  # Ctrl-C is how one leaves, and no failure
        async for line in bot.output:
            say(line.decode().rstrip())
