"""The reconciler's schedule: when Exotel is asked about a call, and when no more."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from shared.records.call_events import Rejected
from shared.records.call_status import Status
from shared.records.reconcile_schedule import ReconcileSchedule
from tests.support.call_records import SID, came_in, dialled

PACE = ReconcileSchedule()
DIALLED = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
NOW = DIALLED + timedelta(seconds=40)


def wait(checks: int, **call_record: Any) -> float | None:
    """Seconds from now until the next look at a dial."""
    at = PACE.next_check(dialled(created_at=DIALLED, **call_record), checks, NOW)
    return (at - NOW).total_seconds() if at else None


def test_the_reconciler_checks_an_unanswered_dial_after_a_minute() -> None:
    assert wait(0) == PACE.answer - 40


@pytest.mark.parametrize(
    "call_record",
    [
        {"doubt": "no answer"},
        {"call_sid": SID},
        {"call_sid": SID, "ringing_at": NOW},
        {"call_sid": SID, "exotel_answered_at": NOW},
        {"call_sid": SID, "opened_at": NOW, "closed_at": NOW},  # the bot is off, nobody said more
    ],
)
def test_reconciler_checks_become_rarer_and_never_cease(call_record: dict[str, Any]) -> None:
    waits = [wait(checks, **call_record) for checks in range(len(PACE.backoff) + 5)]
    assert waits == [*PACE.backoff, *[PACE.backoff[-1]] * 5]


def test_the_reconciler_rarely_checks_a_call_with_the_bot_on_it() -> None:
    assert wait(0, call_sid=SID, opened_at=NOW) == PACE.talking


def test_the_reconciler_checks_a_finished_call_s_price_a_few_times() -> None:
    over = {"call_sid": SID, "exotel_status": Status.COMPLETED, "exotel_at": NOW}
    assert [wait(checks, **over) for checks in range(4)] == [PACE.bill] * PACE.looks + [None]
    assert wait(0, price=Decimal("1.5"), **over) is None


def test_the_reconciler_never_checks_calls_exotel_has_no_more_to_say_of() -> None:
    assert wait(0, refusal=Rejected(NOW, 403, "No.")) is None
    assert wait(0, doubt="no answer", settled_as=Status.FAILED) is None
    assert PACE.next_check(came_in(), 0, NOW) is None
