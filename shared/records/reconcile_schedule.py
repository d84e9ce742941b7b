"""The timeouts of dialling, and the schedule of looking up calls without an end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.records.call_record import CallRecord
from shared.records.call_status import Status


@dataclass(frozen=True, slots=True)
class ReconcileSchedule:
    """All times in seconds.

    Args:
        exotel: For an answer of Exotel's; it tries its routes before it gives one.
        queue: For a place among the dials of the minute.
        answer: After which a dial without an answer has lost its process.
        round: Between one round of looking and the next.
        lease: For which looking is the business of one process, which renews it every round. Two
            at it do no harm.
        backoff: Between one look and the next, while nothing changes; the last one repeats.
        talking: Between looks at a call whose socket is open.
        down: Until Exotel is asked again, when it couldn't be.
        bill: From the end of a call until Exotel knows its price; two minutes by its documents.
        looks: How often a finished call without a price is looked at.
        misses: How often Exotel must not know of a dial before it counts as never placed.
        give_up: After which a call is taken for what we know of it.
        beat: Between two signs of life of a call on a socket, and between two looks at them.
        still: How many looks in a row must see no sign of life before its process counts as dead.
    """

    exotel: float = 35
    queue: float = 5
    answer: float = 45
    round: float = 5
    lease: float = 30
    backoff: tuple[float, ...] = (30, 30, 60, 120, 300, 600, 1800, 3600)
    talking: float = 600
    down: float = 60
    bill: float = 150
    looks: int = 3
    misses: int = 4
    give_up: float = 24 * 3600
    beat: float = 5
    still: int = 5

    def next_check(self, call: CallRecord, checks: int, now: datetime) -> datetime | None:
        """The time of the next look, after `checks` looks in its present state; None is never."""
        if call.mode is None or call.status is Status.REJECTED or self._final(call, checks):
            return None
        if call.status is Status.DIALLING:
            return call.created_at + timedelta(seconds=self.answer)
        if call.status.over:
            return now + timedelta(seconds=self.bill)
        if call.opened_at and not (call.closed_at or call.exotel_over_at):
            return now + timedelta(seconds=self.talking)
        wait = self.backoff[min(checks, len(self.backoff) - 1)]
        return now + timedelta(seconds=wait)

    def _final(self, call: CallRecord, checks: int) -> bool:
        if not call.status.over:
            return False
        billed = call.price is not None or not call.call_sid
        return call.exotel_status is None or billed or checks >= self.looks
