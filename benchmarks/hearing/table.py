"""The results of the fixtures, as one table for people."""

from collections.abc import Callable, Mapping, Sequence

from benchmarks.hearing.fixtures import Kind
from benchmarks.hearing.judge import (
    HICCUP_SECS,
    LATE_SECS,
    LATE_SHORT_SECS,
    STOP_SECS,
    Effect,
    Outcome,
)
from benchmarks.measure import NEVER, percentile
from benchmarks.table import Cells

MEDIAN_SECS, P95_SECS = 0.75, 1.2  # from the end of speech to the answer
FALSE = (Effect.ANSWERED, Effect.STOPPED)  # interruptions
ALL = "all"
NONE = "–"
SIDE_BY_SIDE = " / "
DEFINITIONS = (
    "All is judged by what the caller hears. An answer is timed from the end of the caller's last "
    f"word. It is late after {LATE_SECS:g} s, and after {LATE_SHORT_SECS:g} s where a word or two "
    "was said. A turn is cut early when the bot is heard, or asks its model for an answer, before "
    "the caller has finished.",
    "An interruption is timed from its first sound until the bot is quiet, and late after "
    f"{STOP_SECS:g} s. It is false when a noise, a murmur of assent or the bot's own echo makes "
    "the bot break off, and it then answers the noise or is silent for more than "
    f"{HICCUP_SECS:g} s. If it goes on sooner with what it was saying, that is a hiccup.",
)


def _response(percent: float) -> Callable[[Sequence[Outcome]], str]:
    def write(outcomes: Sequence[Outcome]) -> str:
        values = [o.response for o in outcomes if o.response is not None]
        return _seconds(percentile(values, percent)) if values else NONE

    return write


def _early(outcomes: Sequence[Outcome]) -> str:
    due = [o for o in outcomes if o.response is not None and o.stop is None]
    return f"{sum(o.cut_early for o in due)}" if due else NONE


def _late(outcomes: Sequence[Outcome]) -> str:
    due = [o for o in outcomes if o.effect is None]
    return f"{sum(o.late for o in due)}" if due else NONE


def _false(outcomes: Sequence[Outcome]) -> str:
    effects = [o.effect for o in outcomes if o.effect]
    return f"{sum(e in FALSE for e in effects)}" if effects else NONE


def _hiccups(outcomes: Sequence[Outcome]) -> str:
    if not any(o.effect for o in outcomes):
        return NONE
    gaps = [o.gap for o in outcomes if o.effect is Effect.HICCUP]
    return f"{len(gaps)}, {_seconds(max(gaps))}" if gaps else "0"


def _stop(outcomes: Sequence[Outcome]) -> str:
    values = [o.stop for o in outcomes if o.stop is not None]
    return _seconds(percentile(values, 95)) if values else NONE


COLUMNS: Mapping[str, Callable[[Sequence[Outcome]], str]] = {
    "answer p50": _response(50),
    "p95": _response(95),
    "cut early": _early,
    "late": _late,
    "false interruptions": _false,
    "hiccups, longest": _hiccups,
    "stop p95": _stop,
}


def cells(heard: Mapping[str, Sequence[Outcome]]) -> Cells:
    """The table as text: a heading, a line for every kind and one for all; "ours / theirs"."""
    kinds = [kind for kind in Kind if any(o.kind is kind for os in heard.values() for o in os)]
    return [
        [SIDE_BY_SIDE.join(heard), "fixtures", *COLUMNS],
        *(_line(kind, [_of(kind, outcomes) for outcomes in heard.values()]) for kind in kinds),
        _line(ALL, list(heard.values())),
    ]


def missed(outcomes: Sequence[Outcome]) -> list[str]:
    """The targets that a bot did not reach."""
    responses = [o.response for o in outcomes if o.response is not None]
    stops = [o.stop for o in outcomes if o.stop is not None]
    paused = [o for o in outcomes if o.kind in (Kind.PAUSE, Kind.NUMBER)]
    noises = [o.effect for o in outcomes if o.effect]
    targets = {
        f"answer p50 ≤ {MEDIAN_SECS:g} s": _within(responses, 50, MEDIAN_SECS),
        f"answer p95 ≤ {P95_SECS:g} s": _within(responses, 95, P95_SECS),
        "no pause ends the turn": not any(o.cut_early for o in paused),
        f"quiet within {STOP_SECS:g} s of an interruption": all(s <= STOP_SECS for s in stops),
        "no noise stops the bot": not any(e in FALSE for e in noises),
    }
    return [target for target, reached in targets.items() if not reached]


def described(outcome: Outcome) -> str:
    """One outcome in a line."""
    facts = [f"{outcome.kind}: {outcome.name}"]
    if outcome.response is not None:
        facts.append(f"answer {_seconds(outcome.response)}")
    if outcome.stop is not None:
        facts.append(f"stop {_seconds(outcome.stop)}")
    if outcome.effect:
        facts.append(f"{outcome.effect}, gap {_seconds(outcome.gap)}")
    facts += ["CUT EARLY"] if outcome.cut_early else []
    facts += ["LATE"] if outcome.late else []
    return "  ".join(facts)


def _within(values: Sequence[float], percent: float, limit: float) -> bool:
    return not values or percentile(values, percent) <= limit


def _of(kind: Kind, outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.kind is kind]


def _line(label: str, heard: Sequence[Sequence[Outcome]]) -> list[str]:
    values = [[write(outcomes) for outcomes in heard] for write in (_count, *COLUMNS.values())]
    return [label, *(v[0] if len(set(v)) == 1 else SIDE_BY_SIDE.join(v) for v in values)]


def _count(outcomes: Sequence[Outcome]) -> str:
    return f"{len(outcomes)}"


def _seconds(value: float) -> str:
    return "never" if value == NEVER else f"{value:.2f} s"
