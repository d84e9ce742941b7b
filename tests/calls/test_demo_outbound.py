"""`make demo-outbound` as a user runs it."""

import asyncio
import json
import os
import pty
import re
import sys
import wave
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.commands.demo_outbound import NUMBER, faults_of_dialling
from simulator.exotel import Call, Delivery, Leg
from simulator.exotel.rest.connect_request import Order

ROOT = Path(__file__).parents[2]
PLACED_AT = datetime(2026, 11, 20, 12, 0, 0, 400_000, tzinfo=UTC)


async def test_the_outbound_demo_goes_as_scripted_and_ends_when_run_once(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    terminal, stdin = pty.openpty()
    demo = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "demo-outbound", "--once"),
        *("--port", str(unused_tcp_port)),
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath},
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(120):
        output, _ = await demo.communicate()
    os.close(terminal)
    os.close(stdin)
    screen = output.decode()
    assert demo.returncode == 0, screen
    assert f"curl -X POST http://127.0.0.1:{unused_tcp_port}/start" in screen
    for happening in (
        "Calls/connect.json answered with 200",
        f"{NUMBER}  dialled",
        "answer   200 {",
        "answered by a human",
        "person   says hello",
        "bot      Hello Meera, this is Asha",
        "heard    tuesday",
        "bot      Thank you for your time. Goodbye!",
        "callback terminal: answered with 200",
        "first sound",
    ):
        assert happening in screen
        screen = screen[screen.index(happening) :]
    assert "The call went as scripted." in screen
    (record,) = re.findall(r"^\{$.*?^\}$", screen, re.DOTALL | re.MULTILINE)
    assert json.loads(record)["ending"] == "bot hung up"
    with wave.open(str(tmp_path / "demo-outbound-call.wav")) as recording:
        assert recording.getnchannels() == 2
        assert recording.getframerate() == 8_000
        assert recording.getnframes() > 15 * 8_000


def call() -> Call:
    """A call as the demo's exchange remembers it."""
    callbacks = [
        Delivery(event=event, url="", content_type="", fields={}, body=b"", answers=[200])
        for event in ("ringing", "answered", "terminal")
    ]
    return Call(
        order=Order(
            mode="voice-ai",
            person=NUMBER,
            from_number=NUMBER,
            to_number="08047112233",
            caller_id="08047112233",
        ),
        exophone="08047112233",
        sid="abc",
        created_at=PLACED_AT,
        answered_at=PLACED_AT + timedelta(seconds=2),
        ended_at=PLACED_AT + timedelta(seconds=20),
        legs=[Leg(number=NUMBER)],
        callbacks=callbacks,
    )


def started() -> dict[str, Any]:
    return {
        "call_sid": "abc",
        "status": "call_initiated",
        "phone_number": NUMBER,
        "call_id": "ours",
    }


def record() -> dict[str, Any]:
    return {
        "status": "completed",
        "placed_at": "2026-11-20T12:00:00.700+00:00",
        "answered_at": "2026-11-20T12:00:02.000+00:00",
        "ended_at": "2026-11-20T12:00:20.000+00:00",
    }


Spoil = Callable[[dict[str, Any], Call, list[str], dict[str, Any]], object]


def faults(spoil: Spoil) -> list[str]:
    """What is wrong with a call that was well until something was changed in it."""
    answer, placed, known = started(), call(), record()
    spoken = ["Hello Meera, it is about 1200 rupees.", "Goodbye!"]
    spoil(answer, placed, spoken, known)
    facts = faults_of_dialling(answer, placed, spoken, known)
    return [fault for fault, holds in facts.items() if holds]


def test_an_outbound_demo_call_as_scripted_has_no_faults() -> None:
    assert faults(lambda *_: None) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda answer, *_: answer.pop("call_sid"), "POST /start answered something else"),
        (lambda _, placed, *__: placed.callbacks.pop(), "it took the callbacks"),
        (lambda _, placed, *__: placed.callbacks[0].answers.append(200), "it took the callbacks"),
        (lambda _, placed, *__: placed.callbacks[1].answers.clear(), "it took the callbacks"),
        (lambda _, __, spoken, ___: spoken.pop(0), "it opened with 'Goodbye!'"),
        (lambda _, __, spoken, ___: spoken.clear(), "it opened with ''"),
        (lambda *all: all[3].update(status="failed"), "its record says failed"),
        (lambda *all: all[3].update(answered_at=None), "its record is wrong about answered_at"),
        (
            lambda *all: all[3].update(ended_at="2026-11-20T12:00:23.000+00:00"),
            "its record is wrong about ended_at",
        ),
    ],
)
def test_each_fault_of_an_outbound_demo_call_is_found(spoil: Spoil, fault: str) -> None:
    (found,) = faults(spoil)
    assert found.startswith(fault)
