"""The verdict on a demo: whether its call went as scripted."""

from collections.abc import Mapping, Sequence

from simulator.caller.report import CallReport
from simulator.commands.terminal import say

WENT_AS_SCRIPTED, DID_NOT = 0, 1  # exit codes


def faults_of(
    report: CallReport, understood: Sequence[str], script: Sequence[str], others: Mapping[str, bool]
) -> list[str]:
    """What differs from the script.

    Args:
        report: Of the call.
        understood: What the bot heard in it.
        script: What it should have heard.
        others: What else can be wrong, and whether it is.
    """
    facts = {
        "the bot was not heard": not report.succeeded,
        f"it understood {list(understood)}": list(understood) != list(script),
        "a turn was not answered": any(turn.response is None for turn in report.turns[:-1]),
        f"it was ended by the {report.ended_by}": report.ended_by != "bot",
        "it sent messages that Exotel cannot use": bool(report.bad_messages),
        **others,
    }
    return [fault for fault, holds in facts.items() if holds]


def pronounce(faults: Sequence[str]) -> int:
    """Say how it went; returns the exit code."""
    say("\nNot as scripted:" if faults else "\nThe call went as scripted.")
    for fault in faults:
        say(f"  - {fault}")
    return DID_NOT if faults else WENT_AS_SCRIPTED
