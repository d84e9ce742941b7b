"""The results of the load, as one table for people: both bots, and what ours must reach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.measure import NEVER, Measurement, percentile

MEGABYTE = 1_000_000
LATE_SIMULATOR = 0.02  # seconds of lag, one frame, beyond which a run is to be repeated


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a measurement, how to write it, and the most that ours may show."""

    label: str
    value: Callable[[Measurement], float]
    write: Callable[[float], str]
    limit: float | None = None

    def missed(self, measurement: Measurement) -> bool:
        """Whether the number is beyond the limit."""
        return self.limit is not None and self.value(measurement) > self.limit


def _seconds(value: float) -> str:
    return "never" if value == NEVER else f"{value:.2f} s"


def _milliseconds(value: float) -> str:
    return f"{value * 1_000:.0f} ms"


def _megabytes(value: float) -> str:
    return f"{value / MEGABYTE:.1f} MB"


def _count(value: float) -> str:
    return f"{value:,.0f}"


ROWS = (
    Row("start → first sound, first call of the process", lambda m: m.cold_sound, _seconds),
    Row("start → first sound, p50", lambda m: percentile(m.first_sounds, 50), _seconds),
    Row("start → first sound, p95", lambda m: percentile(m.first_sounds, 95), _seconds, 0.25),
    Row("start → first sound, max", lambda m: max(m.first_sounds), _seconds),
    Row("end of speech → answer, p50", lambda m: percentile(m.responses, 50), _seconds),
    Row("end of speech → answer, p95", lambda m: percentile(m.responses, 95), _seconds),
    Row("end of speech → answer, max", lambda m: max(m.responses, default=NEVER), _seconds),
    Row("barge-in → `clear`, p50", lambda m: percentile(m.clears, 50), _seconds),
    Row("barge-in → `clear`, max", lambda m: max(m.clears), _seconds, 0.4),
    Row("barge-in → silence, p50", lambda m: percentile(m.silences, 50), _seconds),
    Row("barge-in → silence, max", lambda m: max(m.silences), _seconds),
    Row("playback gaps heard", lambda m: len(m.gaps), _count, 0),
    Row("longest gap", lambda m: max(m.gaps, default=0.0), _milliseconds),
    Row("calls cut short", lambda m: m.cut_short, _count, 0),
    Row("usual message, bytes of audio", lambda m: m.message_size, _count),
    Row("CPU per call-second", lambda m: m.cpu_per_call_second, _milliseconds),
    Row("memory with one call", lambda m: m.lone_memory, _megabytes),
    Row("memory per further call", lambda m: m.memory_per_further_call, _megabytes, 10 * MEGABYTE),
    Row("the simulator's own lag, max", lambda m: m.lag, _milliseconds),
)

Cells = list[list[str]]


def cells(measurements: Mapping[str, Measurement]) -> Cells:
    """The table as text: a heading, then a line for every number."""
    heading = ["", *measurements, "target"]
    return [heading, *([row.label, *_values(row, measurements), _target(row)] for row in ROWS)]


def as_text(table: Cells) -> str:
    """Write the table in columns for a terminal."""
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip()
        for line in table
    )


def as_markdown(table: Cells) -> str:
    """Write the table as Markdown."""
    heading, *lines = (f"| {' | '.join(line)} |" for line in table)
    rule = "|---|" + "---:|" * (len(table[0]) - 1)
    return "\n".join([heading, rule, *lines])


def missed(measurement: Measurement) -> list[str]:
    """The targets that a bot did not reach."""
    return [row.label for row in ROWS if row.missed(measurement)]


def doubts(measurements: Mapping[str, Measurement]) -> list[str]:
    """Why a run should not be believed, if it should not."""
    return [
        f"The callers of {name} ran up to {_milliseconds(measurement.lag)} late, and their times "
        "are no better than that: repeat the run when the machine is quieter."
        for name, measurement in measurements.items()
        if measurement.lag > LATE_SIMULATOR
    ]


def _values(row: Row, measurements: Mapping[str, Measurement]) -> list[str]:
    return [row.write(row.value(measurement)) for measurement in measurements.values()]


def _target(row: Row) -> str:
    if row.limit is None:
        return ""
    return f"≤ {row.write(row.limit)}" if row.limit else "0"
