"""Whether a dial may go out: once per key, so many a minute, and on disk before Exotel is asked."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.calls.database import bounded, lock
from shared.calls.known import KnownCall
from shared.calls.rows import to_call
from shared.calls.store import Store, new_row
from shared.calls.tables import CALLS, KEYS
from shared.calls.tokens import Purpose, issue

ADMISSION_LOCK = 4711_0002
KEY_VALID = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Key:
    """An Idempotency-Key and the request that it came with, as a hash."""

    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """Dial now; nobody else will."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The key has been used: for `call`, and for the `same` request or for another one."""

    call: KnownCall
    same: bool


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The key has been used, and its call has been deleted since: nobody knows what came of it."""


@dataclass(frozen=True, slots=True)
class Full:
    """The minute is full; one place becomes free in `secs` seconds."""

    secs: float


@bounded
async def admit(
    store: Store,
    call: KnownCall,
    *,
    key: Key | None,
    tokens: dict[Purpose, str],
    per_minute: int,
) -> Admitted | Earlier | Forgotten | Full:
    """Decide in one transaction, one process at a time, and write down what will be dialled.

    Args:
        store: Of all processes that dial for the same account.
        key: Of the request, if it has one.
        call: The dial, as it will be known; created now, however long it has waited for a place.
        tokens: Become valid with it.
        per_minute: How many dials Exotel takes in any 60 s, of all processes together.
    """
    async with store.database.write() as connection:
        await lock(connection, ADMISSION_LOCK)
        if key and (earlier := await _earlier(connection, key)):
            return earlier
        if full := await _full(connection, per_minute):
            return full
        call = replace(call, created_at=datetime.now(UTC))
        await connection.execute(insert(CALLS).values(**new_row(call, store.pace)))
        if key:
            await connection.execute(
                insert(KEYS).values(
                    key=key.text,
                    fingerprint=key.fingerprint,
                    call_id=call.call_id,
                    created_at=call.created_at,
                )
            )
        for purpose, token in tokens.items():
            await issue(connection, token, purpose, call.call_id)
        return Admitted()


@bounded
async def find_earlier(store: Store, key: Key) -> Earlier | Forgotten | None:
    """What the key stands for already, without taking it."""
    async with store.database.write() as connection:
        return await _earlier(connection, key)


async def _earlier(connection: AsyncConnection, key: Key) -> Earlier | Forgotten | None:
    expired = KEYS.c.created_at < datetime.now(UTC) - KEY_VALID
    await connection.execute(delete(KEYS).where(expired))
    query = (
        select(CALLS, KEYS.c.fingerprint)
        .select_from(KEYS)
        .outerjoin(CALLS, KEYS.c.call_id == CALLS.c.call_id)
        .where(KEYS.c.key == key.text)
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    if row.call_id is None:
        return Forgotten()
    call = to_call(row)
    if call.retry_after is not None:  # nobody was rung, so the key may try again
        await connection.execute(delete(KEYS).where(KEYS.c.key == key.text))
        return None
    return Earlier(call, same=row.fingerprint == key.fingerprint)


async def _full(connection: AsyncConnection, per_minute: int) -> Full | None:
    now = datetime.now(UTC)
    recent = (CALLS.c.created_at > now - MINUTE, CALLS.c.mode.is_not(None))  # those we dialled
    dials = (
        await connection.execute(select(func.count()).select_from(CALLS).where(*recent))
    ).scalar_one()
    if dials < per_minute:
        return None
    nth = (
        select(CALLS.c.created_at)
        .where(*recent)
        .order_by(CALLS.c.created_at)
        .offset(dials - per_minute)
        .limit(1)
    )
    leaves = (await connection.execute(nth)).scalar_one() + MINUTE
    return Full(max(0.05, (leaves - now).total_seconds()))
