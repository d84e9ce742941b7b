"""Tables of the load benchmark: targets, doubts and layout."""

from dataclasses import replace

from benchmarks.measure import Measurement
from benchmarks.table import as_markdown, as_text, cells, doubts, missed
from simulator.caller.report import BargeIn, CallReport, Turn

CALL = CallReport(
    connected=True,
    first_sound=0.1,
    turns=(Turn("interrupt", "wait", 8.0, 10.0, 0.9),),
    barge_ins=(BargeIn(at=8.0, to_clear=0.2, to_silence=0.3),),
    ended_by="caller",
    duration=10.0,
    sample_rate=8_000,
)
GOOD = Measurement(
    cold=CALL,
    calls=(CALL, CALL),
    simultaneous=2,
    cpu=1.0,
    lone_memory=200_000_000,
    full_memory=205_000_000,
)


def calls(**changes: object) -> Measurement:
    return replace(GOOD, calls=(CALL, replace(CALL, **changes)))  # type: ignore[arg-type]  # of a report


def test_a_bot_within_all_limits_misses_no_target() -> None:
    assert missed(GOOD) == []


def test_one_late_greeting_in_two_misses_the_latency_target() -> None:
    assert missed(calls(first_sound=0.3)) == ["start → first sound, p95"]


def test_a_barge_in_that_is_never_heard_misses_the_target() -> None:
    assert missed(calls(barge_ins=())) == ["barge-in → `clear`, max"]


def test_a_call_that_breaks_off_misses_the_target() -> None:
    assert missed(calls(ended_by="network")) == ["calls cut short"]


def test_a_bot_that_needs_much_memory_misses_the_target() -> None:
    assert missed(replace(GOOD, full_memory=211_000_000)) == ["memory per further call"]


def test_the_figures_of_a_late_simulator_are_doubted() -> None:
    assert doubts({"ours": GOOD}) == []
    assert "50 ms late" in doubts({"ours": GOOD, "reference": calls(lag=0.05)})[0]


def test_the_benchmark_table_shows_each_bot_beside_the_target() -> None:
    table = cells({"ours": GOOD, "reference": calls(first_sound=None)})
    assert table[0] == ["", "ours", "reference", "target"]
    assert ["start → first sound, p95", "0.10 s", "never", "≤ 0.25 s"] in table
    assert ["playback gaps heard", "0", "0", "0"] in table
    assert len(set(map(len, table))) == 1


def test_the_benchmark_table_in_markdown_has_even_columns() -> None:
    lines = as_markdown(cells({"ours": GOOD})).splitlines()
    assert lines[0] == "|  | ours | target |"
    assert {line.count("|") for line in lines} == {4}


def test_the_benchmark_table_in_a_terminal_is_aligned() -> None:
    heading, *lines = as_text(cells({"ours": GOOD, "reference": GOOD})).splitlines()
    right = heading.index("reference") + len("reference")
    assert all(line[right - 1] != " " and line[right : right + 2].strip() == "" for line in lines)
