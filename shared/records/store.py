"""The store: the call records of all processes, in one database."""

from datetime import UTC, datetime, timedelta
from typing import Self

from sqlalchemy import Select, insert, or_, select, update

from shared.records.apply_event import apply_event
from shared.records.call_events import CallEvent, PlacementUnknown, Reconciled
from shared.records.call_record import CallRecord
from shared.records.call_status import OVER, Status
from shared.records.database.rows import to_call, to_row
from shared.records.database.tables import CALLS
from shared.records.database.transactions import Database, bounded
from shared.records.heartbeat import Heartbeat
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.records.status_log import log_status
from shared.records.token_signature import PROCESS_KEY
from shared.records.tokens import Tokens
from shared.records.transfer_store import TransferStore

REMEMBERED = 1_000  # dials of this process, the latest ones: five minutes of the most we may dial
AWAITED = timedelta(minutes=10)  # in which the socket of a dialled call opens, if ever


class Store:
    """The records of calls, and beside them their tokens, transfers and heartbeat.

    Args:
        database: Opened.
        schedule: When calls without an end are looked at.
        token_key: Of the signatures of tokens.
    """

    def __init__(
        self, database: Database, schedule: ReconcileSchedule, token_key: bytes = PROCESS_KEY
    ) -> None:
        self.database = database
        self.schedule = schedule
        self.tokens = Tokens(database, token_key)
        self.transfers = TransferStore(database)
        self.heartbeat = Heartbeat(database, schedule.beat)
        self._dialled: dict[str, CallRecord] = {}

    @classmethod
    async def open(
        cls, url: str, schedule: ReconcileSchedule | None = None, *, token_key: bytes = PROCESS_KEY
    ) -> Self:
        """Open the database at `url`, and bring its tables up to date.

        Raises:
            StoreError: If that can't be done.
        """
        return cls(await Database.open(url), schedule or ReconcileSchedule(), token_key)

    async def close(self) -> None:
        """Close the database."""
        await self.heartbeat.close()
        await self.database.close()

    def remember(self, call: CallRecord) -> None:
        """Remember what we dial: why, when the person answers, must not depend on the store."""
        self._dialled[call.call_id] = call
        if len(self._dialled) > REMEMBERED:
            del self._dialled[next(iter(self._dialled))]

    def recall(self, call_id: str) -> CallRecord | None:
        """A call as this process has dialled it, without the store; None if it hasn't."""
        return self._dialled.get(call_id)

    @bounded
    async def add(self, call: CallRecord) -> None:
        """Begin a call's record."""
        async with self.database.write() as connection:
            await connection.execute(insert(CALLS).values(**new_row(call, self.schedule)))

    @bounded
    async def find(self, call_id: str) -> CallRecord | None:
        """The record of a call, or None."""
        found = await self._select(select(CALLS).where(CALLS.c.call_id == call_id))
        return found[0] if found else None

    @bounded
    async def with_sid(self, call_sid: str) -> list[CallRecord]:
        """The calls that Exotel knows by this name, on the line or as the dial."""
        names = or_(CALLS.c.call_sid == call_sid, CALLS.c.stream_call_sid == call_sid)
        return await self._select(select(CALLS).where(names)) if call_sid else []

    @bounded
    async def awaiting_a_socket(self) -> list[CallRecord]:
        """The dialled calls that may be on our socket any moment."""
        return await self._select(
            select(CALLS).where(
                CALLS.c.created_at > datetime.now(UTC) - AWAITED,
                CALLS.c.mode.is_not(None),
                CALLS.c.opened_at.is_(None),
                CALLS.c.status.not_in(OVER),
            )
        )

    @bounded
    async def rivals(self, call: CallRecord, within: timedelta) -> list[CallRecord]:
        """Other dials to the same number at about the same time, whose SID isn't known either."""
        found = await self._select(
            select(CALLS).where(
                CALLS.c.created_at.between(call.created_at - within, call.created_at + within),
                CALLS.c.number == call.number,
                CALLS.c.call_sid == "",
                CALLS.c.call_id != call.call_id,
            )
        )
        return [other for other in found if not other.status.over]

    @bounded
    async def due(self, limit: int) -> list[tuple[CallRecord, int]]:
        """The calls without an end to look at now, those that wait longest first.

        Returns:
            Each with its looks so far.
        """
        query = (
            select(CALLS)
            .where(CALLS.c.next_check_at <= datetime.now(UTC), CALLS.c.status.not_in(OVER))
            .order_by(CALLS.c.next_check_at)
            .limit(limit)
        )
        async with self.database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [(to_call(row), row.checks) for row in rows]

    @bounded
    async def on_sockets(self) -> list[tuple[CallRecord, int]]:
        """The calls that some process has on a socket, each with its signs of life so far."""
        query = select(CALLS).where(CALLS.c.beats.is_not(None), CALLS.c.status.not_in(OVER))
        async with self.database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [(to_call(row), row.beats) for row in rows]

    @bounded
    async def unbilled(self, limit: int) -> list[CallRecord]:
        """The calls that are over, and whose price Exotel should know by now."""
        return await self._select(
            select(CALLS)
            .where(CALLS.c.next_check_at <= datetime.now(UTC), CALLS.c.status.in_(OVER))
            .order_by(CALLS.c.next_check_at)
            .limit(limit)
        )

    @bounded
    async def apply_event(
        self, call_id: str, *facts: CallEvent, looked: bool = False, seen: Status | None = None
    ) -> CallRecord:
        """Add facts to a call, and plan when to look at it next.

        Args:
            call_id: Ours.
            *facts: The news.
            looked: The reconciler has looked; whether it saw anything is in `facts`.
            seen: Where the call stood when it did. What it took the call for counts only if there
                has been no other news meanwhile.

        Raises:
            KeyError: If there is no such call.
            ForeignEvent: If Exotel tells something of another call.
        """
        mine = CALLS.c.call_id == call_id
        async with self.database.write() as connection:
            query = select(CALLS).where(mine).with_for_update()
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                raise KeyError(call_id)
            before = call = to_call(row)
            for event in facts:
                if seen in (None, before.status) or not isinstance(
                    event, Reconciled | PlacementUnknown
                ):
                    call = apply_event(call, event)
            checks = 0 if call.status is not before.status else row.checks + looked
            if call != before or looked:
                plan = self.schedule.next_check(call, checks, datetime.now(UTC))
                await connection.execute(
                    update(CALLS)
                    .where(mine)
                    .values(
                        **to_row(call),
                        checks=checks,
                        next_check_at=plan,
                        beats=(row.beats or 0) if call.on_socket else None,
                    )
                )
        if call.mode and call.status is not before.status:
            log_status(call)
        return call

    @bounded
    async def postpone(self, call_id: str, secs: float) -> None:
        """Look at a call later, because Exotel couldn't be asked."""
        later = datetime.now(UTC) + timedelta(seconds=secs)
        async with self.database.write() as connection:
            await connection.execute(
                update(CALLS).where(CALLS.c.call_id == call_id).values(next_check_at=later)
            )

    async def _select(self, query: Select[tuple[object, ...]]) -> list[CallRecord]:
        async with self.database.read() as connection:
            return [to_call(row) for row in await connection.execute(query)]


def new_row(call: CallRecord, schedule: ReconcileSchedule) -> dict[str, object]:
    """The row of a call whose record begins now."""
    return {
        **to_row(call),
        "checks": 0,
        "next_check_at": schedule.next_check(call, 0, datetime.now(UTC)),
    }
