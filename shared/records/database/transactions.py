"""Transactions on the database behind the store, each bounded in time."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import wraps
from typing import Any, ParamSpec, Self, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from shared.records.database.engine import (
    POSTGRESQL,
    SQLITE,
    engine_for,
    migrate,
    our_errors,
    parsed,
    place_of,
)
from shared.records.database.engine import BadValue as BadValue
from shared.records.database.engine import StoreError as StoreError
from shared.records.database.outage import Outage
from shared.records.database.sqlite_file import SqliteFile

WORK_SECS = 8.0  # for a whole piece of work, waiting for others included
OPEN_SECS = 30.0  # to connect, and for another process to finish migrating
PATIENCE_SECS = 4.0  # after which whoever gives up does so for the database's sake
CANCEL_SECS = 2.0  # for a driver to give up what was cancelled
MIGRATION_LOCK = 4711_0001  # PostgreSQL's advisory locks are numbers

_under_way: set[asyncio.Task[Any]] = set()

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Database:
    """Transactions on one database; every write is on disk when its transaction has ended.

    On SQLite there is one writer at a time. Those of this process wait for each other here, in the
    order of their coming, rather than in SQLite, which lets them try again and again.

    What fails is in the log at once, and then once a minute: whoever gets the error needn't log it.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._outage = Outage()
        self._engine = engine
        self._writing = asyncio.Lock()
        self._file = SqliteFile(engine) if engine.dialect.name == SQLITE else None

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect, and bring the tables up to date while no other process does.

        Raises:
            StoreError: If that can't be done.
        """
        database = cls(engine_for(parsed(url)))
        try:
            async with asyncio.timeout(OPEN_SECS):
                await database._bring_up_to_date()
            database._outage.watching = True
        except (StoreError, TimeoutError) as error:
            await database.close()
            cause = str(error) or f"no answer within {OPEN_SECS:g} s"
            if "unable to open" in cause:  # is all that SQLite says
                cause += "; its folder must exist and be writable"
            raise StoreError(f"{place_of(url)} can't be opened: {cause}") from error
        return database

    @property
    def failing(self) -> bool:
        """Whether the last transaction failed, and not for the values in it."""
        return self._outage.on

    async def close(self) -> None:
        """Close every connection, once those that were cancelled are free."""
        loop = asyncio.get_running_loop()
        if left := {work for work in _under_way if work.get_loop() is loop}:
            await asyncio.wait(left, timeout=CANCEL_SECS)
        await self._engine.dispose()
        if self._file:
            self._file.close()

    async def _bring_up_to_date(self) -> None:
        if self._file:
            with our_errors():
                await asyncio.to_thread(self._file.prepare)
        async with self.write() as connection:
            if not self._file:
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
                await lock(connection, MIGRATION_LOCK)
            await connection.run_sync(migrate)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes nothing.

        Raises:
            BadValue: If it is the values that the database can't take.
            StoreError: If the database can't be used.
        """
        with self._watched():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed at its end, or undone if it raises.

        Raises:
            BadValue: If it is the values that the database can't take.
            StoreError: If the database can't be used.
        """
        async with AsyncExitStack() as stack:
            stack.enter_context(self._watched())
            if self._file:
                await stack.enter_async_context(self._writing)
            connection = await stack.enter_async_context(self._engine.connect())
            await connection.execution_options(writes=True)
            await stack.enter_async_context(connection.begin())
            yield connection

    @contextmanager
    def _watched(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            with our_errors():
                if self._file:
                    self._file.check()
                yield
        except BadValue:
            raise
        except StoreError as error:
            self._outage.note_failure(str(error))
            raise
        except asyncio.CancelledError:
            if time.monotonic() - began > PATIENCE_SECS:  # nobody has waited longer than that
                self._outage.note_failure(f"no answer within {PATIENCE_SECS:g} s")
            raise
        self._outage.note_success(began)


def bounded(
    work: Callable[Arguments, Coroutine[Any, Any, Result]],
) -> Callable[Arguments, Coroutine[Any, Any, Result]]:
    """Let `work` on a database raise StoreError when it takes longer than `WORK_SECS`.

    A timeout alone won't do: a driver whose database hangs takes its time to be cancelled.
    """

    @wraps(work)
    async def within(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        working = asyncio.create_task(work(*args, **kwargs))
        _under_way.add(working)
        working.add_done_callback(_under_way.discard)
        try:
            await asyncio.wait({working}, timeout=WORK_SECS)
        finally:
            if not working.done():
                working.cancel()
        if not working.done():
            raise StoreError(f"no answer within {WORK_SECS:g} s")
        return working.result()

    return within


async def lock(connection: AsyncConnection, number: int) -> None:
    """Wait until no other transaction holds this lock; PostgreSQL only, SQLite has one writer."""
    if connection.dialect.name == POSTGRESQL:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
