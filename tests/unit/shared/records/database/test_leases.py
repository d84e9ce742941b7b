"""Leases in the database: work that one process at a time may do."""

import asyncio

from sqlalchemy import update

from shared.records.database.leases import acquire
from shared.records.database.tables import LEASES
from shared.records.store import Store
from tests.support.call_records import ago

WORK = "reconciler"


async def test_one_process_has_a_lease_and_keeps_it(store: Store) -> None:
    assert await acquire(store.database, WORK, "a", 60)
    assert not await acquire(store.database, WORK, "b", 60)
    assert await acquire(store.database, WORK, "a", 60)


async def test_the_lease_of_a_dead_process_goes_to_another(store: Store) -> None:
    assert await acquire(store.database, WORK, "a", 60)
    async with store.database.write() as connection:
        await connection.execute(update(LEASES).values(until=ago(0.01)))
    assert await acquire(store.database, WORK, "b", 60)
    assert not await acquire(store.database, WORK, "a", 60)


async def test_of_many_who_ask_for_a_lease_at_once_one_gets_it(store: Store) -> None:
    owners = [str(number) for number in range(10)]
    got = await asyncio.gather(*(acquire(store.database, WORK, owner, 60) for owner in owners))
    assert got.count(True) == 1


async def test_nobody_gets_an_unknown_lease(store: Store) -> None:
    assert not await acquire(store.database, "no such work", "a", 60)
