"""The calls of all processes: what is known of each, in one database."""

from datetime import UTC, datetime, timedelta
from typing import Self

from loguru import logger
from sqlalchemy import Select, insert, or_, select, update

from shared.calls.database import Database
from shared.calls.facts import Fact
from shared.calls.known import KnownCall
from shared.calls.learning import learn
from shared.calls.pace import Pace
from shared.calls.record import Direction
from shared.calls.rows import to_call, to_row
from shared.calls.status import Status
from shared.calls.tables import CALLS
from shared.calls.tokens import Tokens
from shared.logs import mask

AWAITED = timedelta(minutes=10)  # in which the socket of a dialled call opens, if ever


class Store:
    """What is known of every call.

    Args:
        database: Opened.
        pace: When calls without an end are looked at.
    """

    def __init__(self, database: Database, pace: Pace) -> None:
        self.database = database
        self.pace = pace
        self.tokens = Tokens(database)

    @classmethod
    async def open(cls, url: str, pace: Pace | None = None) -> Self:
        """Open the database at `url`, and bring its tables up to date.

        Raises:
            StoreError: If that can't be done.
        """
        return cls(await Database.open(url), pace or Pace())

    async def close(self) -> None:
        """Let go of the database."""
        await self.database.close()

    async def add(self, call: KnownCall) -> None:
        """Begin a call's file."""
        async with self.database.write() as connection:
            await connection.execute(insert(CALLS).values(**new_row(call, self.pace)))

    async def find(self, call_id: str) -> KnownCall | None:
        """What is known of a call, or None."""
        found = await self._select(select(CALLS).where(CALLS.c.call_id == call_id))
        return found[0] if found else None

    async def with_sid(self, call_sid: str) -> list[KnownCall]:
        """The calls that Exotel knows by this name, on the line or as the dial."""
        names = or_(CALLS.c.call_sid == call_sid, CALLS.c.stream_call_sid == call_sid)
        return await self._select(select(CALLS).where(names)) if call_sid else []

    async def awaiting_a_socket(self) -> list[KnownCall]:
        """The dialled calls that may be on our socket any moment."""
        return await self._select(
            select(CALLS).where(
                CALLS.c.created_at > datetime.now(UTC) - AWAITED,
                CALLS.c.direction == Direction.OUTBOUND,
                CALLS.c.opened_at.is_(None),
            )
        )

    async def rivals(self, call: KnownCall, within: timedelta) -> list[KnownCall]:
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

    async def due(self, limit: int) -> list[tuple[KnownCall, int]]:
        """The calls to look at now, those that wait longest first, each with its looks so far."""
        query = (
            select(CALLS)
            .where(CALLS.c.next_check_at <= datetime.now(UTC))
            .order_by(CALLS.c.next_check_at)
            .limit(limit)
        )
        async with self.database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [(to_call(row), row.checks) for row in rows]

    async def learn(self, call_id: str, *facts: Fact, looked: bool = False) -> KnownCall:
        """Add facts to a call, and plan when to look at it next.

        Args:
            call_id: Ours.
            *facts: The news.
            looked: The reconciler has looked; whether it saw anything is in `facts`.

        Raises:
            KeyError: If there is no such call.
            ForeignNews: If Exotel tells something of another call.
        """
        mine = CALLS.c.call_id == call_id
        async with self.database.write() as connection:
            query = select(CALLS).where(mine).with_for_update()
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                raise KeyError(call_id)
            before = call = to_call(row)
            for fact in facts:
                call = learn(call, fact)
            checks = 0 if call.status is not before.status else row.checks + looked
            if call != before or looked:
                plan = self.pace.next_check(call, checks, datetime.now(UTC))
                await connection.execute(
                    update(CALLS)
                    .where(mine)
                    .values(**to_row(call), checks=checks, next_check_at=plan)
                )
        if call.mode and call.status is not before.status:
            _log_status(call)
        return call

    async def postpone(self, call_id: str, secs: float) -> None:
        """Look at a call later, because Exotel couldn't be asked."""
        later = datetime.now(UTC) + timedelta(seconds=secs)
        async with self.database.write() as connection:
            await connection.execute(
                update(CALLS).where(CALLS.c.call_id == call_id).values(next_check_at=later)
            )

    async def _select(self, query: Select[tuple[object, ...]]) -> list[KnownCall]:
        async with self.database.read() as connection:
            return [to_call(row) for row in await connection.execute(query)]


def new_row(call: KnownCall, pace: Pace) -> dict[str, object]:
    """The row of a call whose file begins now."""
    return {
        **to_row(call),
        "checks": 0,
        "next_check_at": pace.next_check(call, 0, datetime.now(UTC)),
    }


def _log_status(call: KnownCall) -> None:
    say = logger.warning if call.status in (Status.REJECTED, Status.UNKNOWN) else logger.info
    say(
        "call {} ({} to {}{}) is {}{}",
        call.call_id,
        call.mode,
        mask(call.number),
        f", {call.call_sid}" if call.call_sid else "",
        call.status,
        f": {call.reason}" if call.reason else "",
    )
