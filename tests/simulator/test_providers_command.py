import asyncio
import sys
from argparse import ArgumentParser
from pathlib import Path
from socket import create_server

import pytest

from simulator import providers_command

PROGRAM = (
    "from argparse import ArgumentParser\n"
    "from simulator.providers_command import add_arguments, run\n"
    "parser = ArgumentParser()\n"
    "add_arguments(parser)\n"
    "run(parser.parse_args())\n"
)


async def test_it_serves_and_prints_the_environment_of_a_bot() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", PROGRAM, "--port", "0", "--stt-latency-ms", "80"),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
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
    providers_command.add_arguments(parser)
    return providers_command.run(parser.parse_args(arguments))


def test_a_port_that_is_taken_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        assert run("--port", str(taken.getsockname()[1])) == 1
    assert "in use" in capsys.readouterr().err


def test_transcripts_that_are_not_there_are_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--port", "0", "--transcripts", "/nowhere.tsv") == 1
    assert "/nowhere.tsv" in capsys.readouterr().err
