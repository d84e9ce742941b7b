"""Count of failed log-ins per client address."""

import pytest

from shared.web import failed_attempts
from shared.web.failed_attempts import MOST, MOST_ADDRESSES, PERIOD, FailedAttempts


class Clock:
    now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(failed_attempts, "time", clock)
    return clock


def test_failed_attempts_reach_the_rate_limit_until_the_minute_is_over(clock: Clock) -> None:
    failed = FailedAttempts()
    assert [failed.add("a") for _ in range(MOST)] == [0] * MOST
    clock.now += PERIOD / 2
    assert failed.add("a") == 1 + PERIOD / 2
    clock.now += PERIOD / 2 - 0.5
    assert failed.add("a") == 1
    clock.now += 0.5
    assert failed.add("a") == 0


def test_the_rate_limit_counts_failed_attempts_of_each_address_alone(clock: Clock) -> None:
    failed = FailedAttempts()
    for _ in range(3 * MOST):
        failed.add("a")
    assert failed.add("b") == 0


def test_failed_attempts_are_kept_for_the_addresses_that_go_on(clock: Clock) -> None:
    failed = FailedAttempts()
    for nth in range(10 * MOST_ADDRESSES):
        failed.add(f"another {nth}")
        failed.add("goes on")
    assert len(failed._counts) == MOST_ADDRESSES
    assert failed.add("goes on") > 0
