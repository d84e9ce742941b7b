"""The command `python -m simulator exotel`: people, flows and faults from its arguments."""

import asyncio
import json
import sys
from argparse import ArgumentParser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import create_server
from urllib.parse import urlsplit

import httpx
import pytest

from simulator.caller.scenarios import SCENARIOS
from simulator.commands import exotel
from simulator.exotel import (
    KNOWN,
    Answers,
    Busy,
    Declines,
    Http,
    NoAnswer,
    Person,
    Unreachable,
    Voicemail,
)
from simulator.exotel.specs import BadSpec, read_faults, read_flows, read_people, read_person
from tests.support.exotel_client import PERSON
from tests.support.scripted_bot import greeting, scripted_bot

ROOT = Path(__file__).parents[4]
PATIENCE = 20.0  # seconds


@asynccontextmanager
async def running(*arguments: str) -> AsyncIterator[tuple[dict[str, str], asyncio.StreamReader]]:
    """Run the command; yields its settings and what it says after them."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "exchange", "--port", "0", *arguments),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        assert process.stdout
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(8)]
        assert lines[0] == "# Put this into .env:"
        settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
        yield settings, process.stdout
    finally:
        process.terminate()
        await process.wait()


async def dial(env: dict[str, str], **fields: str) -> httpx.Response:
    async with httpx.AsyncClient(
        auth=(env["EXOTEL_API_KEY"], env["EXOTEL_API_TOKEN"]), trust_env=False
    ) as http:
        url = f"{env['EXOTEL_API_URL']}/v1/Accounts/{env['EXOTEL_ACCOUNT_SID']}/Calls/connect.json"
        exophone = env["EXOTEL_PHONE_NUMBER"]
        return await http.post(url, data={"From": exophone, "CallerId": exophone, **fields})


async def until(lines: asyncio.StreamReader, text: str) -> str:
    said = ""
    async with asyncio.timeout(PATIENCE):
        while text not in said:
            line = await lines.readline()
            assert line, said
            said += line.decode()
    return said


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("ws://127.0.0.1:7860/ws", "http://127.0.0.1:7860"),
        ("ws://127.0.0.1:9000/ws?sample-rate=16000", "http://127.0.0.1:9000"),
        ("wss://user:secret@bot.example.com/ws", "https://bot.example.com"),
        ("wss://bot.example.com:8443/bots/one/ws/", "https://bot.example.com:8443/bots/one"),
        ("http://localhost:8000/exotel/voicebot", "http://localhost:8000"),
        ("https://u:p@bot.example.com/a/exotel/voicebot?x=1", "https://bot.example.com/a"),
        ("ws://[::1]:9000/ws", "http://[::1]:9000"),
    ],
)
def test_the_printed_public_url_setting_is_that_of_the_flow_s_bot(url: str, public: str) -> None:
    (flow,) = read_flows([f"1000={url}"]).values()
    assert exotel.public_url(flow) == public


async def test_any_phone_number_can_be_dialled_and_its_call_events_are_told(tmp_path: Path) -> None:
    transcript = tmp_path / "calls.jsonl"
    async with scripted_bot(greeting) as peer:
        person = f"{PERSON}=answers@0.1:listen"
        async with running(
            *("--flow", f"1234={peer.url}", "--person", person, "--transcript", str(transcript))
        ) as (env, lines):
            assert env["EXOTEL_FLOW_ID"] == "1234"
            assert env["PUBLIC_URL"] == f"http://{urlsplit(peer.url).netloc}"
            response = await dial(env, To=PERSON)
            assert response.status_code == 200
            said = await until(lines, "the call is over: completed (two-numbers)")
    for happening in (
        "POST /v1/Accounts/exotel-simulator/Calls/connect.json answered with 200",
        f"{PERSON}  dialled",
        f"{PERSON}  answered by a human",
        f"{PERSON}  bot speaks",
        "first sound",
        "the caller hung up",
    ):
        assert happening in said
    notes = [json.loads(line) for line in transcript.read_text("utf-8").splitlines()]
    assert {"request", "dialled", "answered", "stream", "stream over", "call over"} == {
        note["kind"] for note in notes
    }
    request = next(note for note in notes if note["kind"] == "request")
    assert request["form"]["To"] == PERSON
    assert response.json()["Call"]["Sid"] in request["body"]
    over = next(note for note in notes if note["kind"] == "stream over")
    assert over["report"]["succeeded"]


async def test_an_exotel_api_fault_reaches_the_client() -> None:
    async with running("--fault", f"{PERSON}=no-kyc", "--person", f"{PERSON}=busy") as (env, lines):
        assert (await dial(env, To=PERSON)).status_code == 403
        assert "answered with 403" in await until(lines, "403")


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    exotel.add_arguments(parser)
    return exotel.run(parser.parse_args(arguments))


def test_a_server_port_that_is_taken_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        assert run("--port", str(taken.getsockname()[1])) == 1
    assert "in use" in capsys.readouterr().err


def test_a_transcript_that_cannot_be_written_is_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--port", "0", "--transcript", "/nowhere/calls.jsonl") == 1
    assert "/nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--person", "busy"], "'busy' does not begin with a phone number"),
        (["--person", f"{PERSON}=asleep"], "nobody does 'asleep'"),
        (["--person", f"{PERSON}=busy@3"], "nobody does 'busy@3'"),
        (["--person", f"{PERSON}=busy:hello"], "nobody does 'busy:hello'"),
        (["--person", f"{PERSON}=answers:dance"], "no scenario 'dance'"),
        (["--person", f"{PERSON}=voicemail:no_such.wav"], "no_such.wav"),
        (["--say", "no_such.wav"], "no_such.wav"),
        (["--flow", "wss://bot.test/ws"], "write ID=URL"),
        (["--flow", "1=here"], "write ID=URL"),
        (["--exophone-flow", "7"], "no flow '7'"),
        (["--flow", "1=ws://a.test/", "--flow", "2=ws://a.test/"], "--exophone-flow"),
        (["--fault", "boredom"], "no fault 'boredom'"),
        (["--fault", "mother=dnd"], "does not begin with a phone number"),
    ],
)
def test_wrong_command_line_arguments_are_an_error(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("answers", Answers()),
        ("answers:hello", Answers(scenario=SCENARIOS["hello"])),
        ("answers@2.5:hello", Answers(after=2.5, scenario=SCENARIOS["hello"])),
        ("busy", Busy()),
        ("no-answer", NoAnswer()),
        ("declines@3", Declines(after=3.0)),
        ("voicemail:goodbye.wav", Voicemail(greeting="goodbye.wav")),
        ("unreachable", Unreachable()),
    ],
)
def test_people_s_phone_numbers_and_scenarios_are_read(text: str, person: Person) -> None:
    assert read_person(text) == person
    assert read_people([f"09812345678={text}"]) == {PERSON: person}


def test_flow_ids_and_their_bots_are_read() -> None:
    (applet, _) = read_flows(["1234=wss://bot.test/ws?a=b"])["1234"].applets
    assert getattr(applet, "url", None) == "wss://bot.test/ws?a=b"


def test_exotel_api_faults_are_read() -> None:
    faults = read_faults(["unavailable", "9812345678=dnd"])
    assert faults.connect == KNOWN["unavailable"]
    assert isinstance(faults.numbers[PERSON], Http)
    with pytest.raises(BadSpec, match="html, empty"):
        read_faults(["nonsense"])
