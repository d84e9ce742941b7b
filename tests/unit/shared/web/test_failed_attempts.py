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


def test_too_many_in_a_minute_are_too_many_until_it_is_over(clock: Clock) -> None:
    failed = FailedAttempts()
    assert [failed.add("a") for _ in range(MOST)] == [0] * MOST
    clock.now += PERIOD / 2
    assert failed.add("a") == 1 + PERIOD / 2
    clock.now += PERIOD / 2 - 0.5
    assert failed.add("a") == 1
    clock.now += 0.5
    assert failed.add("a") == 0


def test_every_address_counts_for_itself(clock: Clock) -> None:
    failed = FailedAttempts()
    for _ in range(3 * MOST):
        failed.add("a")
    assert failed.add("b") == 0


def test_few_addresses_are_remembered_and_those_who_go_on_are(clock: Clock) -> None:
    failed = FailedAttempts()
    for nth in range(10 * MOST_ADDRESSES):
        failed.add(f"another {nth}")
        failed.add("goes on")
    assert len(failed._counts) == MOST_ADDRESSES
    assert failed.add("goes on") > 0
