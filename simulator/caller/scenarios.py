"""The scenarios known by name: what callers usually do, and what they sometimes do."""

from collections.abc import Sequence
from pathlib import Path

from simulator.caller.scenario import (
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
from simulator.caller.scenario_file import BadScenario, read_scenario

MALFORMED: tuple[SendRaw, ...] = (
    SendRaw(""),
    SendRaw("not json"),
    SendRaw("null"),
    SendRaw("[]"),
    SendRaw('"media"'),
    SendRaw("[" * 5_000),
    SendRaw("{}"),
    SendRaw('{"event":7}'),
    SendRaw('{"event":"media"}'),
    SendRaw('{"event":"media","media":null}'),
    SendRaw('{"event":"media","media":{"payload":null}}'),
    SendRaw('{"event":"media","media":{"payload":"!!!!"}}'),
    SendRaw('{"event":"media","media":{"payload":"AAA"}}'),
    SendRaw('{"event":"media","media":{"payload":""}}'),
    SendRaw('{"event":"dtmf"}'),
    SendRaw('{"event":"dtmf","dtmf":{"digit":"Z"}}'),
    SendRaw('{"event":"dtmf","dtmf":{"digit":5,"duration":100}}'),
    SendRaw('{"event":"mark"}'),
    SendRaw('{"event":"mark","mark":{"name":"never sent"}}'),
    SendRaw('{"event":"clear"}'),
    SendRaw('{"event":"network_quality","mos":4.1}'),
    SendRaw('{"event":"connected"}'),
    SendRaw(b"\x00\xff\xfe", binary=True),
    SendRaw(b'{"event":"connected"}', binary=True),
)

_TURN = WaitForBot(quiet=0.5)
_DEMO = (
    _TURN,
    Say("opening_hours.wav"),
    Interrupt("book_appointment.wav", after=2.0),
    _TURN,
    Say("joke.wav"),
    _TURN,
    Say("tuesday.wav"),
    _TURN,
    Say("yes_please.wav"),
    _TURN,
    Press("1"),
    _TURN,
    Say("goodbye.wav"),
)

_ALL = (
    Scenario("listen", (WaitForBot(), HangUp())),
    Scenario("hello", (WaitForBot(), Say("hello.wav"), WaitForBot(), HangUp())),
    Scenario("question", (WaitForBot(), Say("opening_hours.wav"), WaitForBot(), HangUp())),
    Scenario(
        "hesitation", (WaitForBot(), Say("hesitant_opening_hours.wav"), WaitForBot(), HangUp())
    ),
    Scenario("yes", (WaitForBot(), Say("yes.wav"), WaitForBot(), HangUp())),
    Scenario("keys", (WaitForBot(), Press("1"), WaitForBot(), HangUp())),
    Scenario("goodbye", (WaitForBot(), Say("goodbye.wav"))),
    Scenario("silence", (WaitForBot(), Pause(60.0))),
    Scenario(
        "interruption",
        (
            WaitForBot(),
            Say("tell_me_a_story.wav"),
            Interrupt("wait_stop.wav", after=1.5),
            WaitForBot(),
            HangUp(),
        ),
    ),
    Scenario("hang-up-mid-sentence", (Interrupt("goodbye.wav", after=0.5), HangUp())),
    Scenario("vanish", (WaitForBot(), Say("hello.wav"), Vanish())),
    Scenario(
        "malformed", (WaitForBot(), *MALFORMED, Say("opening_hours.wav"), WaitForBot(), HangUp())
    ),
    Scenario(  # somebody who was rung: they speak first, and leave the end to the bot for a while
        "reminder",
        (
            Pause(0.2),
            Say("hello.wav"),
            WaitForBot(),
            Say("yes.wav"),
            WaitForBot(),
            Say("goodbye.wav"),
            Pause(10.0),
            HangUp(),
        ),
    ),
    Scenario(  # somebody who was rung and is asked when; the bot hangs up
        "promise",
        (
            Say("hello.wav"),
            _TURN,
            Say("tuesday.wav"),
            _TURN,
            Say("yes_please.wav"),
            _TURN,
            Say("goodbye.wav"),
        ),
    ),
    Scenario(  # a company that was rung, whose menu nobody listens to
        "menu", (Say("menu.wav"), Pause(2.0), Say("menu.wav"), Pause(10.0), HangUp())
    ),
    Scenario(  # somebody who was rung and has a call screen ask first
        "screened",
        (
            Pause(0.2),
            Say("call_screen.wav"),
            WaitForBot(),
            Say("hello.wav"),
            WaitForBot(),
            HangUp(),
        ),
    ),
    Scenario("demo", _DEMO, max_secs=180.0),
)

SCENARIOS: dict[str, Scenario] = {scenario.name: scenario for scenario in _ALL}


def find_scenario(name: str) -> Scenario:
    """Look up a scenario by its name, or read it from a `.json` file.

    Raises:
        BadScenario: If there is neither.
    """
    if name in SCENARIOS:
        return SCENARIOS[name]
    if not name.endswith(".json"):
        raise BadScenario(
            f"no scenario {name!r}; there are {', '.join(SCENARIOS)}, or a .json file"
        )
    return read_scenario(Path(name))


def spoken(recordings: Sequence[Path | str], keys: str | None = None) -> Scenario:
    """Say one recording after the other, each once the bot is quiet, press keys, hang up."""
    steps: list[Step] = [WaitForBot()]
    for recording in recordings:
        steps += [Say(recording), WaitForBot()]
    if keys:
        steps += [Press(keys), WaitForBot()]
    return Scenario("spoken", (*steps, HangUp()))
