"""Redaction of the log in calls of every kind at TRACE level: nothing private is written."""

import asyncio
import io
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, redirect_stderr, redirect_stdout
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio
from pipecat.services.llm_service import FunctionCallParams

from benchmarks.processes import free_port
from shared.bot import Caller, Persona
from shared.bot.actions import Action, Collect
from shared.observability.logs import set_up_logging
from shared.settings.settings import Settings
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause, Press, Say, SendRaw, Step, WaitForBot
from simulator.exotel import Answers, Flow, Hangup, Voicebot, Voicemail, run_exchange
from simulator.exotel.calls.people import Person
from simulator.providers import Quote, run_providers
from simulator.providers.behaviour import Fault
from simulator.providers.dialogue import Message, ToolCall, default_reply, text_of
from simulator.stream.profiles import Profile
from tests.support.bots import Bot, running_bot
from tests.support.capacity import a_line
from tests.support.outbound import QUICK, running_outbound

NAME = "Zubaida Plantagenet"
PIN = "826493"
SAID = "opening hours"  # by the caller, in opening_hours.wav
ANSWERED = "nine to five"  # by the bot, then
CALLER, CALLED = "09812345678", "+919823456789"
PATIENCE = "The appointment is at Saint Bartholomew"  # in a tool's exception
SECRETS = {
    "DEEPGRAM_API_KEY": "dg-Aa3kPlanted7Rz5",
    "OPENAI_API_KEY": "sk-proj-Bb4mPlanted8Sx6",
    "CARTESIA_API_KEY": "ct-Cc5nPlanted9Ty7",
    "WS_USERNAME": "exotel",
    "WS_PASSWORD": "Dd6pPlanted0Uz8",
    "START_API_KEY": "Ee7qPlanted1Va9",
}
FORBIDDEN = (
    *("Planted", NAME, "Zubaida", PIN, SAID, ANSWERED, PATIENCE, "Bartholomew"),
    *("9812345678", "98123 45678", "9823456789", "RWU3cVBsYW50ZWQ", "ZXhvdGVsOkRkNnBQbGFudGVk"),
)
MALFORMED = (
    f'{{"event": "{NAME}, PIN {PIN}"}}',
    f"{NAME} said: {PIN}",
    f'["{NAME}"]',
    f'{{"event": "media", "media": {{"payload": "{NAME}!"}}}}',
    f'{{"event": "media", "media": "{NAME}"}}',
    f'{{"event": "dtmf", "dtmf": {{"digit": "{PIN}"}}}}',
    f'{{"event": "mark", "mark": {{"name": "{NAME}"}}}}',
    f'{{"event": "start", "start": {{"call_sid": "{NAME}", "from": "{CALLED}"}}}}',
)


async def look_up(params: FunctionCallParams) -> None:
    """Look an appointment up."""
    raise LookupError(f"{PATIENCE} for {NAME} ({CALLED}), asked with {params.arguments}")


async def check(digits: str) -> Action | None:
    raise ValueError(f"{digits} is not the PIN of {NAME}, which is {PIN}")


PERSONA = Persona(
    instructions=f"The caller is {NAME}, {CALLED}, whose PIN is {PIN}.",
    opening=f"Hello {NAME}, this is the test clinic.",
    keys={"1": Collect("Please enter your PIN.", check, length=len(PIN))},
    tools=(look_up,),
)


async def answer(caller: Caller) -> Persona:
    if caller.custom_parameters.get("raise"):
        raise LookupError(f"{NAME} ({caller.number}) is no customer, PIN {PIN}")
    return PERSONA


def reply(messages: Sequence[Message]) -> str | ToolCall:
    """Use the tool once, hand over who asks for an agent, and quote the PIN."""
    said = text_of(messages[-1])
    if "agent" in said:
        return ToolCall("transfer", {"reason": f"{NAME} wants a person", "to": ""})
    if SAID in said and not any(message.get("role") == "tool" for message in messages):
        return ToolCall("look_up", {"who": NAME, "pin": PIN})
    return f"Your PIN is {PIN}. {default_reply(messages)}"


ASKS: tuple[Step, ...] = (WaitForBot(quiet=0.3), Say("opening_hours.wav"), WaitForBot(quiet=0.3))
INBOUND: dict[str, tuple[str, tuple[Step, ...]]] = {
    "a question, a tool that fails, and messages that make no sense": (
        "",
        (*map(SendRaw, MALFORMED), *ASKS, HangUp()),
    ),
    "keys": ("", (WaitForBot(), Press("1"), WaitForBot(), Press(PIN, gap=0.1), WaitForBot())),
    "bot.py fails": ("?raise=yes", (WaitForBot(quiet=0.3), HangUp())),
    "a transfer": ("", (WaitForBot(), Say("talk_to_an_agent.wav"), WaitForBot(), Pause(12.0))),
}
FAULTS: dict[str, dict[str, Fault]] = {
    "stt": {"stt": Quote()},
    "llm": {"llm": Quote(401)},
    "tts": {"tts": Quote()},
}
OUTBOUND: dict[str, tuple[str, Person]] = {
    "+919823456781": ("voice-ai", Answers(after=0.3, scenario=(*ASKS, HangUp()))),
    "+919823456782": ("flow", Answers(after=0.3, scenario=(Say("hello.wav"), *ASKS, HangUp()))),
    "+919823456783": ("two-numbers", Answers(after=0.3, scenario=(Say("hello.wav"), HangUp()))),
    "+919823456784": ("voice-ai", Voicemail(after=0.3)),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def written() -> AsyncIterator[str]:
    output = io.StringIO()
    with redirect_stderr(output), redirect_stdout(output):
        set_up_logging("TRACE", secrets=Settings.parse(SECRETS).secrets)
        async with AsyncExitStack() as stack:
            bots = {name: await _bot(stack, fault) for name, fault in {"": {}, **FAULTS}.items()}
            await asyncio.gather(
                *(_ring(bots[""], name, *INBOUND[name]) for name in INBOUND),
                *(_ring(bots[name], name, "", (*ASKS, HangUp())) for name in FAULTS),
            )
            await asyncio.gather(_knock(bots[""]), _ring_people(stack))
        set_up_logging("DEBUG")
    yield output.getvalue()


async def _bot(stack: AsyncExitStack, faults: Mapping[str, Fault]) -> Bot:
    """A bot of ours with providers of its own, whose faults begin when it is up."""
    providers = await stack.enter_async_context(run_providers(reply=reply))
    settings = {**providers.env, **SECRETS, "TRANSFER_NUMBERS": CALLED}
    bot = running_bot(settings, answer=answer, personas=(PERSONA,))
    running = await stack.enter_async_context(bot)
    providers.behaviour = replace(providers.behaviour, **faults)  # type: ignore[arg-type]
    return running


async def _ring(bot: Bot, name: str, query: str, steps: tuple[Step, ...]) -> None:
    address = f"ws://exotel:{SECRETS['WS_PASSWORD']}@{bot.address}/ws{query}"
    profile = Profile(from_number=CALLER, to_number=CALLED, frame_ms=100)
    async with a_line():
        report = await place_call(address, (*steps, HangUp()), profile=profile)
    assert report.connected, name


async def _knock(bot: Bot) -> None:
    """What comes over HTTP: credentials that are wrong, and webhooks with numbers in them."""
    async with httpx.AsyncClient(base_url=f"http://{bot.address}", timeout=60) as client:
        basic = ("exotel", SECRETS["WS_PASSWORD"])
        asked = {"CallSid": "c1", "CallFrom": CALLED, "CallTo": CALLER, "CustomField": NAME}
        for path in ("/exotel/passthru", "/exotel/connect", "/exotel/voicebot"):
            await client.get(path, params=asked, auth=basic)
            await client.get(path, params={**asked, "key": SECRETS["WS_PASSWORD"] + "x"})
        await client.post(f"/exotel/status/{SECRETS['START_API_KEY']}", json=asked)
        await client.get(f"/calls/{NAME}")


async def _ring_people(stack: AsyncExitStack) -> None:
    providers = await stack.enter_async_context(run_providers(reply=reply))
    port = str(free_port())
    credentials = f"exotel:{SECRETS['WS_PASSWORD']}@"
    flow = Flow((Voicebot(f"http://{credentials}127.0.0.1:{port}/exotel/voicebot"), Hangup()))
    people = {number: person for number, (_, person) in OUTBOUND.items()}
    exchange = await stack.enter_async_context(
        run_exchange(people=people, flows={"77": flow}, profile=Profile(frame_ms=100))
    )
    settings = {**providers.env, **SECRETS, "PORT": port, "VOICEMAIL": "leave-message"}
    async with running_outbound(settings, exchange, replace(QUICK, exotel=30.0)) as rig:
        rig.client.headers["Authorization"] = f"Bearer {SECRETS['START_API_KEY']}"
        for number, (mode, _) in OUTBOUND.items():
            placed = await rig.start(number, {"name": NAME, "amount_due": 12}, mode=mode)
            assert placed.status_code == 200, placed.text
        await rig.start(CALLED + "0000", {"name": NAME})
        wrong = {"Authorization": f"Bearer {SECRETS['START_API_KEY']}x"}
        await rig.client.post("/start", json={"name": NAME}, headers=wrong)
        await rig.client.post("/start", content=f"{NAME} {PIN}".encode())
        async with asyncio.timeout(90):
            await exchange.idle()


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("private", FORBIDDEN)
async def test_nothing_private_is_in_the_log(written: str, private: str) -> None:
    lines = [line for line in written.splitlines() if private in line]
    assert not lines, lines[:3]


async def test_no_phone_number_is_in_the_log(written: str) -> None:
    numbers = [number.removeprefix("+91") for number in OUTBOUND]
    assert not [line for line in written.splitlines() if any(n in line for n in numbers)]


async def test_all_calls_took_place_and_are_in_the_log(written: str) -> None:
    """Or there would be nothing to hide."""
    for told in (
        "the fallback persona does",
        "LookupError",
        "ValueError",
        "OPENAI_API_KEY was refused (401)",
        "Cartesia error: HTTP 400",
        "dropped a malformed message",
        "refused /exotel/passthru: credentials missing or wrong",
        "ended: transferred",
        "no person has answered",
        "*5678",
        "TRACE ",
    ):
        assert told in written, told
    assert "Incorrect API key" not in written  # the fault's own words are theirs, too
