"""`python -m simulator demo`: the keyless call, from starting the bot to the table at the end."""

import asyncio
import os
import socket
import sys
import time
from argparse import ArgumentParser, Namespace
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.caller import place_call
from simulator.profiles import Profile
from simulator.report import CallReport, Event
from simulator.scenarios import SCENARIOS
from simulator.table import describe

PORT = 7860
START_SECS = 60.0  # for the bot to be ready on a slow machine
STOP_SECS = 10.0
RECORDING = Path("demo-call.wav")

# The bot in keyless mode, whatever .env says.
KEYLESS = {
    "ENV": "local",
    "HOST": "127.0.0.1",
    "STT": "pocketsphinx",
    "LLM": "scripted",
    "TTS": "espeak",
    "SHOW_CONVERSATION": "1",
    "WS_USERNAME": "",
    "WS_PASSWORD": "",
    "EXOTEL_SAMPLE_RATE": "",
    "LOG_LEVEL": "ERROR",
}

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

WENT_AS_SCRIPTED, DID_NOT = 0, 1  # exit codes


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.description = "A phone call on this machine, without an account, a key or a phone."
    parser.add_argument("--port", type=int, default=PORT, help="of the bot (%(default)s)")
    parser.add_argument("--once", action="store_true", help="don't keep the bot running afterwards")


def run(args: Namespace) -> int:
    """Play the demo; 0 only if the call went as scripted."""
    stays = not args.once and sys.stdin.isatty()
    return asyncio.run(_demo(args.port, stays=stays))


async def _demo(port: int, *, stays: bool) -> int:
    port = free_port(port)
    url = f"ws://127.0.0.1:{port}/ws?sample-rate=8000"
    _say("Starting the bot without any key: STT=pocketsphinx LLM=scripted TTS=espeak")
    async with _bot(port) as bot:
        if not await _ready(bot, port):
            _say("The bot did not start; what it says above is why.")
            return DID_NOT
        _say(f"It listens on {url}. Ringing it, as Exotel would:\n")
        report, understood = await _call(bot, url)
        report.save_both(RECORDING)
        faults = _faults(report, understood)
        _say("\n" + describe(report))
        _say(f"recording       {RECORDING} (left: the caller, right: the bot)")
        _say("\nThe call went as scripted." if not faults else "\nNot as scripted:")
        for fault in faults:
            _say(f"  - {fault}")
        if stays:
            await _stay(bot, url)
    return DID_NOT if faults else WENT_AS_SCRIPTED


def free_port(wanted: int) -> int:
    """The wanted port, or any other if somebody else's bot is on it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def _bot(port: int) -> AsyncIterator[Process]:
    """Run the inbound bot as a user would, and end it afterwards."""
    with TemporaryDirectory() as folder:
        record = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/calls.db"}
        environment = os.environ | KEYLESS | record | {"PORT": str(port)}
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "inbound", stdout=PIPE, env=environment
        )
        try:
            yield bot
        finally:
            if bot.returncode is None:
                bot.terminate()
                try:
                    await asyncio.wait_for(bot.wait(), STOP_SECS)
                except TimeoutError:
                    bot.kill()
                    await bot.wait()


async def _ready(bot: Process, port: int) -> bool:
    deadline = time.monotonic() + START_SECS
    while time.monotonic() < deadline and bot.returncode is None:
        if await asyncio.to_thread(_answers, port):
            return bot.returncode is None
        await asyncio.sleep(0.1)
    return False


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


async def _call(bot: Process, url: str) -> tuple[CallReport, list[str]]:
    """Play the scenario, and show what the caller does and what the bot hears and says."""
    began = time.monotonic()
    understood: list[str] = []

    def show(who: str, text: str) -> None:
        _say(f"{time.monotonic() - began:7.2f}  {who:<8} {text}")

    def show_event(event: Event) -> None:
        if event.source == "caller":
            show("caller", f"{event.kind} {event.detail}".rstrip())
        elif event.kind == "clear" and not event.detail.startswith("0.00"):
            show("bot", "stops speaking")

    async def show_conversation() -> None:
        assert bot.stdout
        async for line in bot.stdout:
            who, _, text = line.decode().rstrip().partition(": ")
            if who == "caller":
                understood.append(text)
            show("heard" if who == "caller" else who, text)

    showing = asyncio.create_task(show_conversation())
    report = await place_call(url, SCENARIOS["demo"], profile=Profile(seed=1), on_event=show_event)
    await asyncio.sleep(0.5)  # for the bot's last line
    showing.cancel()
    await asyncio.gather(showing, return_exceptions=True)  # it lets go of the bot's output
    return report, understood


def _faults(report: CallReport, understood: list[str]) -> list[str]:
    """What differs from the script."""
    facts = {
        "the bot was not heard": not report.succeeded,
        f"it understood {understood}": tuple(understood) != UNDERSTOOD,
        "a turn was not answered": any(turn.response is None for turn in report.turns[:-1]),
        "it talked on after the interruption": not any(
            barge_in.to_clear is not None for barge_in in report.barge_ins
        ),
        f"it was ended by the {report.ended_by}": report.ended_by != "bot",
        "it sent messages that Exotel cannot use": bool(report.bad_messages),
    }
    return [fault for fault, holds in facts.items() if holds]


async def _stay(bot: Process, url: str) -> None:
    _say(
        "\nThe bot keeps running until Ctrl-C. Call it again from another terminal:\n"
        f"  .venv/bin/python -m simulator call '{url}' --scenario keys\n"
        f"  .venv/bin/python -m simulator call '{url}' --say your-own.wav --record call.wav"
    )
    assert bot.stdout
    with suppress(asyncio.CancelledError):  # Ctrl-C is how one leaves, and no failure
        async for line in bot.stdout:
            _say(line.decode().rstrip())


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
