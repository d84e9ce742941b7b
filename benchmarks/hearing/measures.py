"""The measures of a hearing set: what is counted of its outcomes, and the targets for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.hearing.kinds import ANSWERED, OF_THE_LINE, Kind
from benchmarks.hearing.outcome import Effect, Outcome
from benchmarks.measure import NEVER, percentile

FALSE = (Effect.ANSWERED, Effect.STOPPED)  # interruptions
NONE = "–"

Outcomes = Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the outcomes that is to be small.

    Args:
        label: Its name.
        counts: Which outcomes are looked at.
        bad: Which of them are counted.
        limit: The largest part that is good enough; None without a target.
        together: Whether the limit is for all splits in one, as there are few in each.
    """

    label: str
    counts: Callable[[Outcome], bool]
    bad: Callable[[Outcome], bool]
    limit: float | None = None
    together: bool = False

    def of(self, outcomes: Outcomes) -> tuple[int, int]:
        """How many are counted, and of how many."""
        counted = [outcome for outcome in outcomes if self.counts(outcome)]
        return sum(map(self.bad, counted)), len(counted)

    def write(self, outcomes: Outcomes) -> str:
        """The count for people."""
        bad, total = self.of(outcomes)
        return f"{bad} of {total}, {100 * bad / total:.1f} %" if total else NONE

    @property
    def target(self) -> str:
        """The limit for people."""
        return "" if self.limit is None else f"≤ {100 * self.limit:.3g} %"

    def missed(self, outcomes: Outcomes) -> bool:
        """Whether it is larger than it should be."""
        bad, total = self.of(outcomes)
        return self.limit is not None and bool(total) and bad / total > self.limit


@dataclass(frozen=True, slots=True)
class Percentile:
    """A time that most outcomes do not exceed.

    Args:
        label: Its name.
        value: The time of an outcome, None if it has none.
        percent: Of the outcomes.
        limit: Seconds that are good enough.
        together: As of a share.
    """

    label: str
    value: Callable[[Outcome], float | None]
    percent: float
    limit: float
    together: bool = False

    def of(self, outcomes: Outcomes) -> float | None:
        """The time in seconds; None without any."""
        values = [value for o in outcomes if (value := self.value(o)) is not None]
        return percentile(values, self.percent) if values else None

    def write(self, outcomes: Outcomes) -> str:
        """The time for people."""
        secs = self.of(outcomes)
        return NONE if secs is None else "never" if secs == NEVER else f"{secs:.2f} s"

    @property
    def target(self) -> str:
        """The limit for people."""
        return f"≤ {self.limit:g} s"

    def missed(self, outcomes: Outcomes) -> bool:
        """Whether it is longer than it should be."""
        secs = self.of(outcomes)
        return secs is not None and secs > self.limit


def _answered(outcome: Outcome) -> bool:
    return outcome.kind in ANSWERED


def _paused(outcome: Outcome) -> bool:
    return outcome.kind in ANSWERED and outcome.paused


def _undisturbed(outcome: Outcome) -> bool:
    return outcome.kind in ANSWERED and not outcome.talked_into


def _response(outcome: Outcome) -> float | None:
    return None if outcome.talked_into else outcome.response


def _false(outcome: Outcome) -> bool:
    return outcome.effect in FALSE


TALKED_INTO = Share("talked into", _answered, lambda o: o.talked_into, 0.05)
TALKED_INTO_PAUSED = Share("talked into, with pauses", _paused, lambda o: o.talked_into)
CUT = Share("cut at all", _answered, lambda o: o.cut, 0.15)
CUT_PAUSED = Share("cut at all, with pauses", _paused, lambda o: o.cut)
LATE = Share("answered late", _undisturbed, lambda o: o.late, 0.08)
P50 = Percentile("answer p50", _response, 50, 0.75)
P95 = Percentile("answer p95", _response, 95, 1.3)
NOISE = Share("false by noise", lambda o: o.kind is Kind.NOISE, _false, 0.02, True)
ASSENT = Share("false by assent", lambda o: o.kind is Kind.ASSENT, _false, 0.05)
LINE = Share("false by the line", lambda o: o.kind in OF_THE_LINE, _false, 0.0, True)
STOP = Percentile("quiet after an interruption, p95", lambda o: o.stop, 95, 0.3)
WHOLE = Share(
    "ten-digit numbers with pauses not whole",
    lambda o: o.whole is not None and o.paused,
    lambda o: not o.whole,
    2 / 60,
    together=True,
)
MEASURES = (
    *(TALKED_INTO, TALKED_INTO_PAUSED, CUT, CUT_PAUSED, LATE, P50, P95),
    *(NOISE, ASSENT, LINE, STOP, WHOLE),
)
OF_A_KIND: Mapping[str, Share | Percentile] = {
    "talked into": TALKED_INTO,
    "cut": CUT,
    "late": LATE,
    "p50": P50,
    "p95": P95,
    "false": Share("false", lambda o: o.effect is not None, _false),
    "quiet p95": STOP,
}
