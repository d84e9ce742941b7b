"""The heartbeat of the calls that a process has on its sockets, for those who outlive it."""

import asyncio
from contextlib import suppress

from sqlalchemy import update

from shared.records.database.tables import CALLS
from shared.records.database.transactions import Database, StoreError, bounded


class Heartbeat:
    """Counts, in the record of each call on a socket, how often this process was still there.

    It is a count and no time, so that no clock decides who is dead.

    Args:
        database: Where the records are.
        secs: Between two beats.
    """

    def __init__(self, database: Database, secs: float) -> None:
        self._database = database
        self._secs = secs
        self._carried: set[str] = set()
        self._beating: asyncio.Task[None] | None = None

    def carry(self, call_id: str) -> None:
        """Beat for this call from now on."""
        self._carried.add(call_id)
        if self._beating is None or self._beating.done():
            self._beating = asyncio.create_task(self._beat(), name="beat for the calls")

    def leave(self, call_id: str) -> None:
        """Beat no more: it is over, or another record is this call's."""
        self._carried.discard(call_id)

    async def close(self) -> None:
        """Beat for nobody any more."""
        self._carried.clear()
        if self._beating:
            self._beating.cancel()
            await asyncio.wait({self._beating})

    async def _beat(self) -> None:
        while self._carried:
            await asyncio.sleep(self._secs)
            with suppress(StoreError):  # the database says so itself
                await _beat_once(self._database, self._carried)


@bounded
async def _beat_once(database: Database, call_ids: set[str]) -> None:
    mine = CALLS.c.call_id.in_(sorted(call_ids))
    async with database.write() as connection:
        await connection.execute(update(CALLS).where(mine).values(beats=CALLS.c.beats + 1))
