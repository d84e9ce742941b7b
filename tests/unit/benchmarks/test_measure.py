"""Measurements over many calls: percentiles, latency, barge-in, gaps and shares of memory."""

import math
from dataclasses import replace

import pytest

from benchmarks.measure import NEVER, Measurement, percentile
from simulator.caller.playback import Gap
from simulator.caller.report import BargeIn, CallReport, Turn

QUESTION = Turn("say", "what are your opening hours", 1.0, 3.0, 0.7)
INTERRUPTION = Turn("interrupt", "i want to book an appointment", 8.0, 10.0, 0.9)

CALL = CallReport(
    connected=True,
    first_sound=0.1,
    turns=(QUESTION, INTERRUPTION),
    barge_ins=(BargeIn(at=1.0, to_clear=0.5, to_silence=0.6), BargeIn(8.0, 0.2, 0.3)),
    message_sizes=(3_200, 3_200, 640),
    ended_by="caller",
    duration=10.0,
    lag=0.005,
    sample_rate=8_000,
)
LOST = replace(CALL, first_sound=None, turns=(), barge_ins=(), ended_by="network", lag=0.03)


def measured(*calls: CallReport) -> Measurement:
    return Measurement(
        cold=CALL,
        calls=calls,
        simultaneous=len(calls),
        cpu=1.0,
        lone_memory=200_000_000,
        full_memory=260_000_000,
    )


@pytest.mark.parametrize(("percent", "value"), [(50, 10.0), (95, 19.0), (100, 20.0)])
def test_a_percentile_is_one_of_the_values(percent: float, value: float) -> None:
    assert percentile([float(n) for n in range(20, 0, -1)], percent) == value


def test_a_percentile_of_no_value_is_never() -> None:
    assert percentile([], 50) == NEVER


def test_a_missing_answer_or_clear_counts_as_a_latency_of_never() -> None:
    unanswered = replace(CALL, turns=(replace(QUESTION, response=None), INTERRUPTION))
    measurement = measured(unanswered, LOST)
    assert measurement.first_sounds == [0.1, NEVER]
    assert measurement.responses == [NEVER, 0.9]
    assert measurement.clears == [0.2, NEVER]


def test_only_a_deliberate_interruption_counts_as_barge_in() -> None:
    assert measured(CALL).clears == [0.2]
    assert measured(CALL).silences == [0.3]


def test_playout_gaps_and_calls_cut_short_are_counted_over_all_calls() -> None:
    measurement = measured(replace(CALL, gaps=(Gap(2.0, 0.04), Gap(3.0, 0.08))), LOST)
    assert measurement.gaps == [0.04, 0.08]
    assert measurement.cut_short == 1
    assert measurement.lag == 0.03


def test_the_usual_media_message_is_the_most_frequent_one() -> None:
    assert measured(CALL).message_size == 3_200


def test_cpu_time_and_memory_are_shared_out_among_the_calls() -> None:
    measurement = measured(CALL, CALL, CALL, CALL)
    assert math.isclose(measurement.cpu_per_call_second, 1.0 / 40.0)
    assert measurement.memory_per_further_call == 20_000_000
