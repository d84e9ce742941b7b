"""The admission of a dial: once per key, to nobody twice at a time, and on disk beforehand."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.records.call_record import CallRecord
from shared.records.call_status import OVER, Status
from shared.records.database.rows import to_call
from shared.records.database.tables import CALLS, KEYS
from shared.records.database.transactions import bounded, lock
from shared.records.store import Store, new_row
from shared.records.tokens import Purpose, issue

ADMISSION_LOCK = 4711_0002
KEY_VALID = timedelta(hours=24)
MINUTE = timedelta(minutes=1)
DAY = timedelta(hours=24)
LONGEST_CALL = timedelta(hours=4)  # Exotel's own limit; a call whose end nobody told is over then
SOON_SECS = 30.0  # until a call that is on may be over


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of dialling, for all processes together.

    Args:
        per_minute: Dials in any 60 s, which is what Exotel takes.
        per_person: Dials to one number in any 24 h; 0 is no limit.
    """

    per_minute: int
    per_person: int = 0


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """An Idempotency-Key and the request that it came with, as a hash."""

    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """Dial now; nobody else will."""


@dataclass(frozen=True, slots=True)
class AlreadyDialled:
    """The key has been used: for `call`, and for the `same` request or for another one."""

    call: CallRecord
    same: bool


@dataclass(frozen=True, slots=True)
class ResultDeleted:
    """The key has been used, and its call has been deleted since: nobody knows what came of it."""


@dataclass(frozen=True, slots=True)
class RateLimitReached:
    """The minute is full; one place becomes free in `secs` seconds."""

    secs: float


@dataclass(frozen=True, slots=True)
class RungAlready:
    """This person is being rung or talked with, or was rung often enough; ask in `secs` seconds."""

    secs: float
    call_id: str
    on: bool


Refused = AlreadyDialled | ResultDeleted | RateLimitReached | RungAlready


@bounded
async def admit(
    store: Store,
    call: CallRecord,
    *,
    key: IdempotencyKey | None,
    tokens: dict[Purpose, str],
    limits: Limits,
) -> Admitted | Refused:
    """Decide in one transaction, one process at a time, and write down what will be dialled.

    Args:
        store: Of all processes that dial for the same account.
        key: Of the request, if it has one.
        call: The dial, as it will be known; created now, however long it has waited for a place.
        tokens: Become valid with it.
        limits: How much may be dialled.
    """
    async with store.database.write() as connection:
        await lock(connection, ADMISSION_LOCK)
        if key and (earlier := await _earlier(connection, key)):
            return earlier
        if rung := await _rung(connection, call.number, limits.per_person):
            return rung
        if full := await _full(connection, limits.per_minute):
            return full
        call = replace(call, created_at=datetime.now(UTC))
        await connection.execute(insert(CALLS).values(**new_row(call, store.schedule)))
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
    store.remember(call)
    for purpose, token in tokens.items():
        store.tokens.remember(token, purpose, call.call_id)
    return Admitted()


@bounded
async def find_earlier(store: Store, key: IdempotencyKey) -> AlreadyDialled | ResultDeleted | None:
    """The result of the key's earlier request, without taking the key."""
    async with store.database.write() as connection:
        return await _earlier(connection, key)


async def _earlier(
    connection: AsyncConnection, key: IdempotencyKey
) -> AlreadyDialled | ResultDeleted | None:
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
        return ResultDeleted()
    call = to_call(row)
    if call.retry_after is not None:  # nobody was rung, so the key may try again
        await connection.execute(delete(KEYS).where(KEYS.c.key == key.text))
        return None
    return AlreadyDialled(call, same=row.fingerprint == key.fingerprint)


async def _rung(connection: AsyncConnection, number: str, per_day: int) -> RungAlready | None:
    """Whether this person's phone may be ringing, or has rung too often.

    Dials that Exotel refused, or that reached no phone, rang nobody; what is unknown may ring.
    """
    now = datetime.now(UTC)
    query = (
        select(CALLS.c.call_id, CALLS.c.created_at, CALLS.c.status)
        .where(
            CALLS.c.number == number,
            CALLS.c.created_at.between(now - DAY, now + LONGEST_CALL),  # if the clock is put back
            CALLS.c.mode.is_not(None),
            CALLS.c.status.not_in((Status.REJECTED, Status.FAILED)),
        )
        .order_by(CALLS.c.created_at.desc())
    )
    dials = (await connection.execute(query)).all()
    for dial in dials:
        if dial.status not in OVER and dial.created_at > now - LONGEST_CALL:
            return RungAlready(SOON_SECS, dial.call_id, on=True)
    if not 0 < per_day <= len(dials):
        return None
    leaves = dials[per_day - 1].created_at + DAY
    return RungAlready(max(1.0, (leaves - now).total_seconds()), dials[0].call_id, on=False)


async def _full(connection: AsyncConnection, per_minute: int) -> RateLimitReached | None:
    now = datetime.now(UTC)
    # Those we dialled; what lies in the future was dialled before the clock was put back.
    recent = (CALLS.c.created_at.between(now - MINUTE, now + MINUTE), CALLS.c.mode.is_not(None))
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
    return RateLimitReached(min(max(0.05, (leaves - now).total_seconds()), MINUTE.total_seconds()))
