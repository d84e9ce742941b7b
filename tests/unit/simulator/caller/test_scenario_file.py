"""Scenario files of the simulated caller: steps, mistakes in them and the recordings they name."""

import json
from pathlib import Path

import pytest

from simulator.caller.recording import find_recording
from simulator.caller.scenario import HangUp, Interrupt, Press, Say, SendRaw, WaitForBot
from simulator.caller.scenario_file import BadScenario, read_scenario
from simulator.caller.scenarios import SCENARIOS


def written(folder: Path, document: object) -> Path:
    path = folder / "visit.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_scenario_is_a_list_of_steps(tmp_path: Path) -> None:
    (tmp_path / "mine.wav").touch()
    steps = [
        {"do": "wait", "quiet": 0.5},
        {"do": "say", "recording": "mine.wav"},
        {"do": "interrupt", "recording": "goodbye.wav", "after": 2},
        {"do": "press", "digits": "12"},
        {"do": "hang up"},
    ]
    scenario = read_scenario(written(tmp_path, {"steps": steps, "max_secs": 30}))
    assert (scenario.name, scenario.max_secs) == ("visit", 30.0)
    assert scenario.steps == (
        WaitForBot(quiet=0.5),
        Say(tmp_path / "mine.wav"),
        Interrupt("goodbye.wav", after=2),
        Press("12"),
        HangUp(),
    )


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("hello", "neither a list"),
        ({"stages": []}, "neither a list"),
        (["wait"], 'step 1: "do" must be one of say, wait'),
        ([{"do": "wait"}, {"do": "dance"}], "step 2"),
        ([{"do": ["say"]}], "step 1"),
        ([{"do": "say"}], "step 1.*recording"),
        ([{"do": "press", "digits": "1", "hard": True}], "step 1.*hard"),
        ([{"do": "press", "digits": 1}], "step 1.*digits"),
        ([{"do": "pause", "seconds": "long"}], "step 1.*seconds"),
        ({"steps": [], "max_secs": "all day"}, "max_secs"),
    ],
)
def test_a_mistake_in_a_scenario_file_is_named(tmp_path: Path, document: object, why: str) -> None:
    with pytest.raises(BadScenario, match=why):
        read_scenario(written(tmp_path, document))


def test_a_missing_scenario_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match=r"nothing\.json"):
        read_scenario(tmp_path / "nothing.json")


def test_the_recordings_of_named_scenarios_exist() -> None:
    steps = [step for scenario in SCENARIOS.values() for step in scenario.steps]
    names = {step.recording for step in steps if isinstance(step, Say | Interrupt)}
    assert [name for name in names if not find_recording(name).exists()] == []
    assert any(isinstance(step, SendRaw) for step in steps)
