"""The transfers in one store: written by the process that has the caller, read by any other."""

from dataclasses import asdict, replace

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.plain_text import encodable
from shared.records.database.tables import TRANSFERS
from shared.records.database.transactions import Database, bounded, lock
from shared.records.transfer_record import TransferRecord, joined
from shared.telephony.phone_numbers import dialable

TRANSFER_LOCK = 4711_0003
MAX_TEXT = 4_000  # characters of a reason or a summary; the rest is cut off
REMEMBERED = 1_000  # decisions of this process, the latest ones


class TransferStore:
    """The table of transfers, one row for each call that is transferred.

    What this process has decided it also remembers, so that a database which fails just afterwards
    doesn't leave the caller without the person they were told of.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._decided: dict[str, TransferRecord] = {}

    async def decide(self, transfer: TransferRecord) -> None:
        """Write a decision down. The same again changes nothing, a later one takes its place.

        If this raises, take it that nobody will be rung. Only a database whose last answer got
        lost can know otherwise.

        Raises:
            InvalidNumber: If nobody can be rung at one of its numbers.
            StoreError: If it can't be written.
        """
        transfer = replace(
            transfer,
            to=tuple(dialable(number) for number in transfer.to),
            reason=_storable(transfer.reason),
            summary=_storable(transfer.summary),
        )
        await self._write(transfer)
        self._remember(transfer)

    @bounded
    async def find(self, call_sid: str) -> TransferRecord | None:
        """The decision about a call, by the SID that it has on its socket, or None."""
        async with self._database.read() as connection:
            return await _select(connection, call_sid)

    def recall(self, call_sid: str) -> TransferRecord | None:
        """The decision that this process has taken, without asking the database."""
        return self._decided.get(call_sid)

    def _remember(self, transfer: TransferRecord) -> None:
        known = self._decided.pop(transfer.call_sid, None)
        self._decided[transfer.call_sid] = joined(known, transfer)
        if len(self._decided) > REMEMBERED:
            del self._decided[next(iter(self._decided))]

    @bounded
    async def _write(self, transfer: TransferRecord) -> None:
        mine = TRANSFERS.c.call_sid == transfer.call_sid
        async with self._database.write() as connection:
            await lock(connection, TRANSFER_LOCK)
            known = await _select(connection, transfer.call_sid)
            if (latest := joined(known, transfer)) != known:
                await connection.execute(delete(TRANSFERS).where(mine))
                await connection.execute(insert(TRANSFERS).values(**asdict(latest)))


async def _select(connection: AsyncConnection, call_sid: str) -> TransferRecord | None:
    query = select(TRANSFERS).where(TRANSFERS.c.call_sid == call_sid)
    row = (await connection.execute(query)).one_or_none()
    return TransferRecord(**row._mapping) if row else None


def _storable(text: str) -> str:
    """A language model's text, as a database keeps it: PostgreSQL keeps no NUL."""
    return encodable(text.replace("\0", ""))[:MAX_TEXT].strip()
