"""`python -m simulator demo-outbound`: the keyless call that the bot places, to its record."""

import asyncio
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from simulator.caller.report import Event
from simulator.caller.scenarios import SCENARIOS
from simulator.caller.table import describe
from simulator.commands import keyless_bot as keyless
from simulator.commands.keyless_bot import DidNotStart, KeylessBot, free_port, keyless_bot
from simulator.commands.screen import Screen
from simulator.commands.sound_player import recording_rows
from simulator.commands.start_request import Ordering
from simulator.commands.terminal import say
from simulator.commands.verdict import DID_NOT, WENT_AS_SCRIPTED, faults_of, pronounce
from simulator.exotel import (
    Answers,
    Call,
    Exchange,
    Flow,
    Hangup,
    Happening,
    Voicebot,
    run_exchange,
)
from simulator.exotel.narration import narrate
from simulator.stream.profiles import Profile

RECORDING = Path("demo-outbound-call.wav")
KEY = "demo-start-key"
NUMBER = "+919876543210"
ORDER = {
    "dialout_settings": {"phone_number": NUMBER},
    "context": {"name": "Meera", "amount_due": 1200},
}
PERSON = Answers(after=2.0, scenario=SCENARIOS["promise"])
OPENING = ("Hello Meera", "1200 rupees")  # what of the context must have been said at first
UNDERSTOOD = ("tuesday", "yes please", "goodbye")  # the hello before the opening is no turn
CALL_SECS = 150.0  # until the last callback, with a person who talks for 120 s at most
TOLERANCE = 2.0  # seconds by which the record may differ from the exchange, which tells whole ones

NEXT = """
What next:
  README.md, Ring somebody   the same with an Exotel account
  README.md, Make it yours   what the bot says and does"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.description = "The bot rings a person on this machine, without an account or a key."
    keyless.add_arguments(parser)


def run(args: Namespace) -> int:
    """Play the demo; 0 only if the call went as scripted."""
    return asyncio.run(_demo(free_port(args.port), stays=keyless.stays(args)))


async def _demo(port: int, *, stays: bool) -> int:
    screen = Screen("person")
    flow = Flow((Voicebot(f"ws://127.0.0.1:{port}/ws?sample-rate=8000"), Hangup()))
    say("Starting a simulated Exotel, and the bot without any key:")
    say("STT=pocketsphinx LLM=scripted TTS=espeak EXOTEL_CONNECT_MODE=voice-ai")
    try:
        async with (
            run_exchange(
                default_person=PERSON,
                flows={"1000": flow},
                profile=Profile(seed=1),
                on_happening=lambda happening: _show(screen, happening),
            ) as exchange,
            keyless_bot("outbound", port, _settings(port, exchange)) as bot,
        ):
            verdict = await _play(bot, exchange, screen)
            if stays:
                await _stay(bot, screen)
            return verdict
    except DidNotStart:
        say("The bot did not start; what it says above is why.")
    except httpx.HTTPError as error:
        say(f"The bot did not answer: {error!r}")
    return DID_NOT


def _settings(port: int, exchange: Exchange) -> dict[str, str]:
    return {
        **exchange.env,
        "EXOTEL_CONNECT_MODE": "voice-ai",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "START_API_KEY": KEY,
        "MAX_DIALS_PER_PERSON": "0",  # it's a demo: ring them as often as you like
        "DRAIN_SECS": "0",  # Ctrl-C in the middle of a call ends that too
        "no_proxy": "127.0.0.1",  # whatever proxy the shell names
        "PIPECAT_CLOUD_AGENT": "",
        "PIPECAT_CLOUD_ORGANIZATION": "",
    }


async def _play(bot: KeylessBot, exchange: Exchange, screen: Screen) -> int:
    """Have somebody rung, show what comes of it, and judge it."""
    ordering = Ordering(bot.url, KEY)
    say(f"\nAsking it to ring somebody, as this does:\n\n{ordering.start_command(ORDER)}\n")
    screen.begin()
    async with screen.following(bot):
        answer = await ordering.start(ORDER)
        screen.show("answer", f"{answer.status_code} {answer.text}")
        with suppress(TimeoutError):
            async with asyncio.timeout(CALL_SECS):
                await exchange.idle()
    report = exchange.placed[0].report if exchange.placed else None
    if not (answer.is_success and report):
        return pronounce(["the bot and the person did not come together"])
    report.save_both(RECORDING)
    say("\n" + describe(report))
    say(recording_rows(RECORDING, "the person"))
    started = answer.json()
    record = await ordering.record(started["call_id"])
    say(f"\n{ordering.record_command(started['call_id'])}\n{json.dumps(record, indent=2)}")
    others = faults_of_dialling(started, exchange.placed[0], screen.spoken, record)
    verdict = pronounce(faults_of(report, screen.understood, UNDERSTOOD, others))
    if verdict == WENT_AS_SCRIPTED:
        say(NEXT)
    return verdict


def faults_of_dialling(
    started: Mapping[str, Any], call: Call, spoken: Sequence[str], record: Mapping[str, Any]
) -> dict[str, bool]:
    """What can be wrong with a call that the bot placed, and whether it is.

    Args:
        started: The answer to `POST /start`.
        call: As the exchange knows it.
        spoken: What the bot said.
        record: What `GET /calls/{call_id}` answers.
    """
    contract = {"call_sid": call.sid, "status": "call_initiated", "phone_number": NUMBER}
    opening = spoken[0] if spoken else ""
    taken = [delivery.event for delivery in call.callbacks if delivery.answers == [httpx.codes.OK]]
    times = {
        "placed_at": call.created_at,
        "answered_at": call.answered_at,
        "ended_at": call.ended_at,
    }
    return {
        "POST /start answered something else": not contract.items() <= started.items(),
        f"it opened with {opening!r}": not all(words in opening for words in OPENING),
        f"it took the callbacks {taken}": taken != ["ringing", "answered", "terminal"],
        f"its record says {record['status']}": record["status"] != "completed",
        **{
            f"its record is wrong about {name}": _differ(record[name], times[name])
            for name in times
        },
    }


def _differ(recorded: str | None, at: datetime | None) -> bool:
    if not (recorded and at):
        return True
    return abs((datetime.fromisoformat(recorded) - at).total_seconds()) > TOLERANCE


def _show(screen: Screen, happening: Happening) -> None:
    """Show what happens at the exchange; of the line, only what the person does on it."""
    facts = happening.facts
    if happening.kind == "stream":
        event = Event(facts["secs"], facts["source"], facts["event"], facts["detail"])
        screen.show_event(event)
    else:
        screen.show("exotel", narrate(happening).partition("\n")[0])
    if happening.kind == "call over":
        screen.rest()


async def _stay(bot: KeylessBot, screen: Screen) -> None:
    ordering = Ordering(bot.url, KEY)
    say(
        "\nThe bot and its Exotel keep running until Ctrl-C, and every number answers. From "
        f"another terminal:\n{ordering.start_command(ORDER)}\n{ordering.record_command('CALL_ID')}"
    )
    with suppress(asyncio.CancelledError):  # Ctrl-C is how one leaves, and no failure
        await screen.follow(bot)
