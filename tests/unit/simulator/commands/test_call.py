"""The command `python -m simulator`: one call, its printed report and its exit code."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from simulator.__main__ import main
from simulator.caller.audio import read_wav
from simulator.caller.playback import Gap
from simulator.caller.report import BargeIn, CallReport, EchoedMark, Event, Turn
from simulator.caller.table import describe, describe_event
from tests.support.scripted_bot import greeting, scripted_bot, silent


async def simulator(*arguments: str) -> tuple[int, str, str]:
    """Run the command line in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await process.communicate()
    return process.returncode or 0, out.decode(), error.decode()


async def test_a_call_from_the_command_line_is_reported_and_recorded(tmp_path: Path) -> None:
    both, heard = tmp_path / "both.wav", tmp_path / "heard.wav"
    async with scripted_bot(greeting) as peer:
        code, out, _ = await simulator(
            *("call", peer.url, "--scenario", "listen", "--from", "0123", "--to", "0456"),
            *("--record", str(both), "--heard", str(heard)),
        )
    assert code == 0
    assert "first sound" in out
    assert "the caller hung up" in out
    start = peer.bot.received[1]["start"]
    assert (start["from"], start["to"]) == ("0123", "0456")
    assert abs(read_wav(heard, 8_000)).max() > 7_000
    assert both.exists()


async def test_json_output_is_the_whole_report_and_a_silent_bot_fails() -> None:
    async with scripted_bot(silent) as peer:
        code, out, _ = await simulator("call", peer.url, "--timeout", "0.3", "--json")
    report = json.loads(out)
    assert code == 1
    assert report["connected"]
    assert report["first_sound"] is None
    assert report["message_sizes"] == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["http://bot.test/"],
        ["ws://bot.test/", "--scenario", "dance"],
        ["ws://bot.test/", "--scenario", "missing.json"],
        ["ws://bot.test/", "--scenario", "hello", "--say", "hello.wav"],
        ["ws://bot.test/", "--say", "no_such.wav"],
        ["ws://bot.test/", "--profile", "odd"],
        ["ws://bot.test/", "--record", "/no/such/directory/call.wav"],
        ["ws://bot.test/", "--press", "5", "--timeout", "-1"],
        ["ws://bot.test/", "--press", "Z"],
    ],
)
def test_wrong_command_line_arguments_exit_with_2(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["simulator", "call", *arguments])
    assert main() == 2
    assert capsys.readouterr().err.count("\n") == 1


REPORT = CallReport(
    connected=True,
    first_sound=0.12,
    turns=(
        Turn("say", "what are your opening hours", 2.0, 3.0, 0.42),
        Turn("interrupt", "wait, stop", 4.0, 4.5, None),
        Turn("press", "1", 7.0, 7.0, 0.2),
    ),
    barge_ins=(BargeIn(4.0, 0.31, 0.34),),
    gaps=(Gap(1.0, 0.06),),
    message_sizes=(3_200, 3_200, 640, 4_096),
    misaligned=1,
    marks=(EchoedMark("a", 1.0, 2.0), EchoedMark("b", 3.0, None)),
    ended_by="bot",
    close_code=1000,
    close_reason="goodbye",
    duration=9.04,
    sample_rate=8_000,
)


def test_the_call_report_tells_latency_barge_in_dtmf_gaps_and_ending() -> None:
    lines = describe(REPORT).splitlines()
    assert lines[0].split() == ["first", "sound", "0.12", "s"]
    assert lines[1].endswith("what are your opening hours                 answered in 0.42 s")
    assert lines[2].endswith("no answer")
    assert "key 1" in lines[3]
    assert lines[4].endswith("at 4.0 s: clear after 0.31 s, silence after 0.34 s")
    assert lines[5].endswith("1, the longest 60 ms")
    assert lines[6].endswith("2 of 3200 bytes, 1 of 640 bytes, 1 of 4096 bytes")
    assert lines[7].endswith("2, 1 of them played and echoed")
    assert lines[8].endswith("the bot ended the call after 9.0 s (close code 1000, 'goodbye')")
    assert [line.split()[0] for line in lines[9:]] == ["note"] * 3


def test_the_call_report_of_a_refused_websocket_is_one_line() -> None:
    report = CallReport(
        connected=False, refused=401, ended_by="refused", close_reason="3009 …", sample_rate=8_000
    )
    assert describe(report) == "ended           the bot did not take the call: 3009 …"


def test_a_call_event_is_printed_on_one_line() -> None:
    assert describe_event(Event(1.5, "bot", "clear", "0.20 s dropped")) == (
        "    1.50  bot     clear 0.20 s dropped"
    )
