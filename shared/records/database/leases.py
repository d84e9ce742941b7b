"""Leases: work that one process does at a time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, update

from shared.records.database.tables import LEASES
from shared.records.database.transactions import Database, bounded


@bounded
async def acquire(database: Database, name: str, owner: str, secs: float) -> bool:
    """Take or keep a piece of work for `secs` seconds; False if another process has it.

    A process that dies loses it by the passing of time. Every name has its row from the migrations.
    What is taken for longer than anybody can was taken before the clock was put back.
    """
    now = datetime.now(UTC)
    latest = now + timedelta(seconds=2 * secs)  # by a clock that may be ahead of ours
    free = or_(LEASES.c.owner == owner, LEASES.c.until < now, LEASES.c.until > latest)
    query = (
        update(LEASES)
        .where(LEASES.c.name == name, free)
        .values(owner=owner, until=now + timedelta(seconds=secs))
    )
    async with database.write() as connection:
        return (await connection.execute(query)).rowcount == 1
