"""Chance: which differences between two counts it explains."""

import pytest

from benchmarks.hearing.chance import differs, likelihood


def test_the_likelihood_of_a_known_table_is_that_of_the_books() -> None:
    assert likelihood(1, 10, 11, 14) == pytest.approx(0.0028, abs=0.0001)


def test_equal_parts_differ_by_chance_only() -> None:
    assert likelihood(5, 100, 5, 100) == pytest.approx(1.0)
    assert not differs(5, 100, 8, 100)


def test_parts_that_lie_far_apart_differ_beyond_chance() -> None:
    assert differs(5, 200, 25, 200)


def test_nothing_counted_differs_from_nothing() -> None:
    assert not differs(0, 0, 3, 10)
