"""Scenarios written as JSON, for callers who do not write Python."""

import json
from pathlib import Path
from types import UnionType
from typing import Any

from simulator.caller.scenario import (
    MAX_CALL,
    Beep,
    HangUp,
    Interrupt,
    Pause,
    Press,
    Say,
    Scenario,
    SendRaw,
    Step,
    Vanish,
    WaitForBot,
)

STEPS: dict[str, type[Step]] = {
    "say": Say,
    "wait": WaitForBot,
    "interrupt": Interrupt,
    "press": Press,
    "pause": Pause,
    "beep": Beep,
    "hang up": HangUp,
    "vanish": Vanish,
    "send": SendRaw,
}

_TYPES: dict[str, type | UnionType] = {
    "recording": str | Path,
    "digits": str,
    "message": str,
    "seconds": int | float,
    "quiet": int | float,
    "timeout": int | float,
    "after": int | float,
    "gap": int | float,
    "hertz": int | float,
}


class BadScenario(Exception):
    """A scenario file that cannot be read; the text says where."""


def read_scenario(path: Path) -> Scenario:
    """Read a scenario: a list of steps, each `{"do": "say", "recording": "hello.wav"}` and alike.

    Recordings are looked for beside the file first. The list may also stand as `steps` in an
    object with `max_secs`.

    Raises:
        BadScenario: If the file is missing or something in it is no step.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadScenario(f"{path}: {error}") from error
    if isinstance(document, list):
        document = {"steps": document}
    if not isinstance(document, dict) or not isinstance(document.get("steps"), list):
        raise BadScenario(f"{path}: neither a list of steps nor an object with one")
    max_secs = document.get("max_secs", MAX_CALL)
    if not isinstance(max_secs, int | float):
        raise BadScenario(f"{path}: max_secs cannot be {max_secs!r}")
    steps = tuple(_step(item, index, path) for index, item in enumerate(document["steps"], 1))
    return Scenario(path.stem, steps, max_secs=float(max_secs))


def _step(item: Any, number: int, path: Path) -> Step:
    where = f"{path}: step {number}"
    if not isinstance(item, dict) or str(item.get("do")) not in STEPS:
        raise BadScenario(f'{where}: "do" must be one of {", ".join(STEPS)}')
    values = {name: value for name, value in item.items() if name != "do"}
    recording = values.get("recording")
    if isinstance(recording, str) and (path.parent / recording).exists():
        values["recording"] = path.parent / recording
    for name, value in values.items():
        if not isinstance(value, _TYPES.get(name, object)):
            raise BadScenario(f"{where}: {name} cannot be {value!r}")
    try:
        return STEPS[item["do"]](**values)
    except TypeError as error:
        raise BadScenario(f"{where}: {error}") from error
