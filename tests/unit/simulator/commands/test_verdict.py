"""The demo's verdict on a call: its faults and its exit code."""

from dataclasses import replace

import pytest

from simulator.caller.report import CallReport, Turn
from simulator.commands.verdict import DID_NOT, WENT_AS_SCRIPTED, faults_of, pronounce

HELLO = Turn("say", "hello", 1.0, 1.5, 0.6)
WELL = CallReport(
    connected=True, first_sound=0.1, turns=(HELLO, HELLO), ended_by="bot", sample_rate=8_000
)
UNANSWERED = replace(HELLO, response=None)


def test_a_call_that_went_well_has_no_faults() -> None:
    assert faults_of(WELL, ["hello"], ("hello",), {"it laughed": False}) == []


def test_the_last_turn_of_a_call_needs_no_answer() -> None:
    assert faults_of(replace(WELL, turns=(HELLO, UNANSWERED)), [], [], {}) == []


@pytest.mark.parametrize(
    ("report", "fault"),
    [
        (replace(WELL, first_sound=None), "the bot was not heard"),
        (replace(WELL, turns=(UNANSWERED, HELLO)), "a turn was not answered"),
        (replace(WELL, ended_by="caller"), "it was ended by the caller"),
        (replace(WELL, bad_messages=("?",)), "it sent messages that Exotel cannot use"),
    ],
)
def test_each_deviation_from_the_scenario_is_told(report: CallReport, fault: str) -> None:
    assert faults_of(report, [], [], {}) == [fault]


def test_a_wrong_transcript_and_other_faults_are_told() -> None:
    faults = faults_of(WELL, ["hello"], ["goodbye"], {"it laughed": True})
    assert faults == ["it understood ['hello']", "it laughed"]


def test_the_exit_code_of_a_demo_follows_the_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert pronounce([]) == WENT_AS_SCRIPTED
    assert "The call went as scripted." in capsys.readouterr().out
    assert pronounce(["it laughed"]) == DID_NOT
    assert "  - it laughed" in capsys.readouterr().out
