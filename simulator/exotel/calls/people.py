"""The people at the other end of a number, and what they do when it rings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.caller.scenario import Beep, HangUp, Pause, Say, Scenario, Step
from simulator.caller.scenarios import SCENARIOS

BEFORE_BEEP = 0.3  # seconds


@dataclass(frozen=True, slots=True)
class Answers:
    """Picks up after so many seconds of ringing, and lives a scenario with the bot.

    With another person, whom a Connect applet dials, they talk for `talks` seconds instead.
    """

    after: float = 1.0
    scenario: Scenario | Sequence[Step] = SCENARIOS["reminder"]
    talks: float = 10.0


@dataclass(frozen=True, slots=True)
class Busy:
    """Is on the phone already."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Lets it ring, for as long as the exchange does."""


@dataclass(frozen=True, slots=True)
class Declines:
    """Lets it ring for so many seconds and rejects the call; that looks like a busy line."""

    after: float = 2.0


@dataclass(frozen=True, slots=True)
class Voicemail:
    """A machine picks up: it plays its greeting, beeps, and records for `records` seconds."""

    after: float = 4.0
    greeting: Path | str = "voicemail.wav"
    records: float = 30.0

    @property
    def scenario(self) -> Scenario:
        """What the bot hears of it."""
        steps = (Say(self.greeting), Pause(BEFORE_BEEP), Beep(), Pause(self.records), HangUp())
        return Scenario("voicemail", steps)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Is switched off, out of coverage, or has no such number: it never rings."""


Person = Answers | Busy | NoAnswer | Declines | Voicemail | Unreachable
Reached = Answers | Voicemail


def scenario_of(person: Person) -> Scenario:
    """What the bot's socket will carry if this person is reached; nothing if they can't be."""
    if not isinstance(person, Answers | Voicemail):
        return Scenario("nobody", ())
    scenario = person.scenario
    return scenario if isinstance(scenario, Scenario) else Scenario("unnamed", tuple(scenario))
