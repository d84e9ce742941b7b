"""The caller's pace: the patience with somebody who pauses for long, within bounds."""

import pytest

from shared.conversation.turns.caller_pace import (
    LONGEST_SECS,
    MARGIN,
    REMEMBERED,
    SHORTEST_SECS,
    CallerPace,
)


def test_a_caller_nobody_knows_gets_the_usual_patience() -> None:
    assert CallerPace().stretched(0.7, 1.3) == 0.7


def test_a_caller_who_paused_for_long_gets_more() -> None:
    pace = CallerPace()
    for secs in (0.8, 0.5):
        pace.went_on_after(secs)
    assert pace.stretched(0.7, 1.3) == pytest.approx(MARGIN * 0.8)


@pytest.mark.parametrize(("paused", "secs"), [(0.4, 0.7), (2.5, 1.3)])
def test_the_patience_stays_within_bounds(paused: float, secs: float) -> None:
    pace = CallerPace()
    pace.went_on_after(paused)
    assert pace.stretched(0.7, 1.3) == secs


@pytest.mark.parametrize("secs", [SHORTEST_SECS - 0.01, LONGEST_SECS + 0.01])
def test_what_is_no_pause_inside_a_turn_says_nothing(secs: float) -> None:
    pace = CallerPace()
    pace.went_on_after(secs)
    assert pace.stretched(0.1, 9.0) == 0.1


def test_old_pauses_are_forgotten() -> None:
    pace = CallerPace()
    pace.went_on_after(1.0)
    for _ in range(REMEMBERED):
        pace.went_on_after(0.4)
    assert pace.stretched(0.7, 1.3) == 0.7
