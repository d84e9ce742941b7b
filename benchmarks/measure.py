"""The measurements of a bot under load, and the sums over all of its calls."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.caller.report import BargeIn, CallReport

NEVER = math.inf  # seconds: what did not happen is later than all that did


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One bot's calls, and what they took from the machine.

    Args:
        cold: The first call of the process.
        calls: The simultaneous ones, of all rounds.
        simultaneous: How many of them were on at a time.
        cpu: Seconds of processor time that `calls` took, their ends included.
        lone_memory: The most bytes resident while one call, the second of the process, was on.
        full_memory: The most bytes resident while `calls` were on.
    """

    cold: CallReport
    calls: tuple[CallReport, ...]
    simultaneous: int
    cpu: float
    lone_memory: int
    full_memory: int

    @property
    def cold_sound(self) -> float:
        """Seconds until the first caller of the process heard something."""
        return _seconds(self.cold.first_sound)

    @property
    def first_sounds(self) -> list[float]:
        """Seconds from `start` until the bot was heard, for each call."""
        return [_seconds(call.first_sound) for call in self.calls]

    @property
    def responses(self) -> list[float]:
        """Seconds from the end of the caller's words until the answer was heard, for each turn."""
        return [_seconds(turn.response) for call in self.calls for turn in call.turns]

    @property
    def clears(self) -> list[float]:
        """Seconds from the interruption to the bot's `clear`, for each call."""
        return [_seconds(cut.to_clear if cut else None) for cut in self._interruptions]

    @property
    def silences(self) -> list[float]:
        """Seconds from the interruption until the bot was quiet, for each call."""
        return [_seconds(cut.to_silence if cut else None) for cut in self._interruptions]

    @property
    def cut_short(self) -> int:
        """Calls that did not end with the caller hanging up."""
        return sum(call.ended_by != "caller" for call in self.calls)

    @property
    def gaps(self) -> list[float]:
        """Seconds of every silence that broke what the bot was saying."""
        return [gap.seconds for call in self.calls for gap in call.gaps]

    @property
    def message_size(self) -> int:
        """The usual number of audio bytes in a message of the bot's."""
        sizes = Counter(size for call in self.calls for size in call.message_sizes)
        return sizes.most_common(1)[0][0] if sizes else 0

    @property
    def cpu_per_call_second(self) -> float:
        """Seconds of processor time for one second of one call."""
        return self.cpu / sum(call.duration for call in self.calls)

    @property
    def memory_per_further_call(self) -> float:
        """Bytes that each call took beyond the first."""
        return (self.full_memory - self.lone_memory) / max(1, self.simultaneous - 1)

    @property
    def _interruptions(self) -> list[BargeIn | None]:
        return [_interruption(call) for call in self.calls]

    @property
    def lag(self) -> float:
        """Seconds by which the simulated callers ran late, at worst."""
        return max(call.lag for call in self.calls)


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest of the values that `percent` of them do not exceed; `NEVER` without values."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] if ordered else NEVER


def _interruption(call: CallReport) -> BargeIn | None:
    begun = [turn.began_at for turn in call.turns if turn.what == "interrupt"]
    return next((barge_in for barge_in in call.barge_ins if barge_in.at in begun), None)


def _seconds(value: float | None) -> float:
    return NEVER if value is None else value
