"""The command `python -m simulator providers`: environment, faults and transcripts."""

import asyncio
import sys
from argparse import ArgumentParser
from pathlib import Path
from socket import create_server
from typing import get_args

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from simulator.commands import providers
from simulator.providers import (
    BlackHole,
    Drop,
    Fault,
    Garbage,
    Hang,
    Quote,
    Refuse,
    Slow,
    Stall,
)
from simulator.providers.fault_names import FAULTS, parse_fault

CARTESIA = {"X-API-Key": "x", "Cartesia-Version": "x"}

PROGRAM = (
    "from argparse import ArgumentParser\n"
    "from simulator.commands.providers import add_arguments, run\n"
    "parser = ArgumentParser()\n"
    "add_arguments(parser)\n"
    "run(parser.parse_args())\n"
)


async def test_simulated_providers_print_the_settings_of_a_bot() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", PROGRAM, "--port", "0", "--stt-latency-ms", "80"),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[4],
    )
    try:
        assert process.stdout
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(8)]
        env = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
        host, port = env["DEEPGRAM_BASE_URL"].removeprefix("ws://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.close()
        await writer.wait_closed()
    finally:
        process.terminate()
        await process.wait()
    assert env["CARTESIA_URL"] == f"ws://{host}:{port}/tts/websocket"
    assert env["OPENAI_BASE_URL"] == f"http://{host}:{port}/v1"
    assert len(env) == 7


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    providers.add_arguments(parser)
    return providers.run(parser.parse_args(arguments))


def test_a_server_port_that_is_taken_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        assert run("--port", str(taken.getsockname()[1])) == 1
    assert "in use" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("written", "provider", "fault"),
    [
        ("llm=hang", "llm", Hang()),
        ("stt=refuse:503", "stt", Refuse(503)),
        ("tts=refuse:429,7", "tts", Refuse(429, retry_after=7)),
        ("tts=refuse", "tts", Refuse()),
        ("LLM = Slow:2.5", "llm", Slow(2.5)),
        ("stt=black-hole", "stt", BlackHole()),
        ("stt=black_hole", "stt", BlackHole()),
        ("tts=stall:3", "tts", Stall(3)),
        ("stt=drop:2.5,10", "stt", Drop(2.5, 10)),
        ("tts=drop:4", "tts", Drop(4)),
        ("llm=garbage", "llm", Garbage()),
        ("llm=quote:403", "llm", Quote(403)),
    ],
)
def test_a_provider_fault_is_written_by_its_name(written: str, provider: str, fault: Fault) -> None:
    assert parse_fault(written) == (provider, fault)


def test_every_provider_fault_has_a_name() -> None:
    assert set(FAULTS.values()) == set(get_args(Fault))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("hang", "write llm=hang"),
        ("brain=hang", "none of stt, llm, tts"),
        ("llm=", "there are refuse[:STATUS,RETRY_AFTER], quote"),
        ("llm=explode", "black-hole, hang, stall[:AFTER]"),
        ("llm=hang:3", "more numbers than hang"),
        ("llm=refuse:5xx", "status can't be '5xx'"),
        ("llm=refuse:200", "status must be 400 to 599"),
        ("llm=refuse:429,soon", "retry_after can't be 'soon'"),
        ("llm=slow:-1", "secs must be 0"),
        ("llm=slow:nan", "secs must be 0"),
        ("tts=drop:1,2,3", "more numbers than drop[:AFTER_SECS,AFTER_MESSAGES]"),
    ],
)
def test_a_mistake_in_a_provider_fault_is_explained(
    written: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("--port", "0", "--fault", written)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err.replace("\n", " ")


def test_a_provider_has_one_fault_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--port", "0", "--fault", "llm=hang", "--fault", "llm=slow") == 1
    assert "one fault at a time" in capsys.readouterr().err


async def test_faults_of_stt_llm_and_tts_hold_at_once() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "providers", "--port", "0"),
        *("--fault", "llm=refuse:429,7", "--fault", "stt=refuse:401"),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[4],
    )
    try:
        assert process.stdout
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(8)]
        env = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.post(f"{env['OPENAI_BASE_URL']}/chat/completions", json={})
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"{env['DEEPGRAM_BASE_URL']}/v1/listen", proxy=None)
        async with connect(env["CARTESIA_URL"], proxy=None, additional_headers=CARTESIA):
            pass
    finally:
        process.terminate()
        await process.wait()
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert refused.value.response.status_code == 401


def test_a_missing_transcript_file_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--port", "0", "--transcripts", "/nowhere.tsv") == 1
    assert "/nowhere.tsv" in capsys.readouterr().err
