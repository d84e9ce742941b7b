"""The results of the hearing sets, as tables for people."""

from collections.abc import Mapping
from itertools import combinations

from benchmarks.hearing.chance import differs
from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.measures import MEASURES, OF_A_KIND, Outcomes, Percentile, Share
from benchmarks.hearing.outcome import Outcome
from benchmarks.measure import NEVER
from benchmarks.table import Cells

ALL = "all"
NONE = "–"
SIDE_BY_SIDE = " / "
DEFINITIONS = (
    "All is judged by what the caller hears. A caller is talked into when the bot begins to be "
    "heard between their first word and their last. A turn is cut when that happens, or when the "
    "bot asks its LLM before the caller has finished, whether or not anybody hears it. An answer "
    "is timed from the end of the last word, and late after 1.2 s; one to a caller who was talked "
    "into has no time.",
    "An interruption is timed from its first sound until the bot is quiet. It is false when a "
    "noise, an assent or the bot's own echo makes the bot break off, and it then answers the noise "
    "or is silent for more than 2 s; if it goes on sooner, that is none. A ten-digit number is "
    "whole when the last request to the LLM before the next utterance has all ten digits in one "
    "message of the user's.",
)


def summary(sets: Mapping[str, Outcomes]) -> Cells:
    """A line for every measure, a column for every set, and the targets."""
    rows = [[m.label, *(m.write(some) for some in sets.values()), m.target] for m in MEASURES]
    return [["", *sets, "target"], *rows]


def by_kind(sets: Mapping[str, Outcomes]) -> Cells:
    """A line for every kind, in each cell the sets side by side."""
    present = [kind for kind in Kind if any(o.kind is kind for some in sets.values() for o in some)]
    lines = [_line(kind, [_of(kind, some) for some in sets.values()]) for kind in present]
    return [[SIDE_BY_SIDE.join(sets), "utterances", *OF_A_KIND], *lines]


def missed(sets: Mapping[str, Outcomes]) -> list[str]:
    """The targets that the splits did not reach, each alone or all together."""
    everything = [outcome for some in sets.values() for outcome in some]
    alone = [
        f"{name}: {measure.label} {measure.target}"
        for name, some in sets.items()
        for measure in MEASURES
        if not measure.together and measure.missed(some)
    ]
    return alone + [
        f"{measure.label} {measure.target}"
        for measure in MEASURES
        if measure.together and measure.missed(everything)
    ]


def faults(sets: Mapping[str, Outcomes]) -> list[str]:
    """The differences between the splits that chance does not explain."""
    shares = [measure for measure in MEASURES if isinstance(measure, Share)]
    return [
        f"{one} and {other} differ beyond chance in: {share.label}"
        for one, other in combinations(sets, 2)
        for share in shares
        if differs(*share.of(sets[one]), *share.of(sets[other]))
    ]


def described(outcome: Outcome) -> str:
    """One outcome in a line."""
    facts = [f"{outcome.name}: {outcome.text}" if outcome.text else outcome.name]
    if outcome.response is not None:
        facts.append(f"answer {_seconds(outcome.response)}")
    if outcome.stop is not None:
        facts.append(f"quiet {_seconds(outcome.stop)}")
    if outcome.effect:
        facts.append(f"{outcome.effect}, gap {_seconds(outcome.gap)}")
    facts += ["TALKED INTO"] if outcome.talked_into else ["CUT"] if outcome.cut else []
    facts += ["LATE"] if outcome.late and not outcome.talked_into else []
    facts += ["NOT WHOLE"] if outcome.whole is False else []
    return "  ".join(facts)


def _of(kind: Kind, outcomes: Outcomes) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.kind is kind]


def _line(label: str, sets: list[list[Outcome]]) -> list[str]:
    counts = [f"{len(some)}" for some in sets]
    cells = [[_short(m, some) for some in sets] for m in OF_A_KIND.values()]
    return [label, *(v[0] if len(set(v)) == 1 else SIDE_BY_SIDE.join(v) for v in (counts, *cells))]


def _short(measure: Share | Percentile, outcomes: list[Outcome]) -> str:
    if isinstance(measure, Percentile):
        return measure.write(outcomes)
    bad, total = measure.of(outcomes)
    return f"{bad}" if total else NONE


def _seconds(value: float) -> str:
    return "never" if value == NEVER else f"{value:.2f} s"
