"""The database behind the store: SQLite in one file, or PostgreSQL; brought up to date at start."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, Self

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECS = 5.0  # for another process to finish its writing
OPEN_SECS = 30.0  # to connect, and for another process to finish migrating
MIGRATION_LOCK = 4711_0001  # PostgreSQL's advisory locks are numbers
SQLITE, POSTGRESQL = "sqlite", "postgresql"
POSTGRESQL_LIMITS = {"connect_timeout": 5, "options": "-c statement_timeout=10s"}
DRIVERS = {
    SQLITE: "sqlite+aiosqlite",
    POSTGRESQL: "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


class StoreError(Exception):
    """The database can't be opened or used; says what to do."""


class Database:
    """Transactions on one database; every write is on disk when its transaction has ended.

    On SQLite there is one writer at a time. Those of this process wait for each other here, in the
    order of their coming, rather than in SQLite, which lets them try again and again.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()
        self._one_writer = engine.dialect.name == SQLITE

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect, and bring the tables up to date while no other process does.

        Raises:
            StoreError: If that can't be done.
        """
        database = cls(_engine(_parsed(url)))
        try:
            async with asyncio.timeout(OPEN_SECS):
                await database._bring_up_to_date()
        except (StoreError, TimeoutError) as error:
            await database.close()
            cause = str(error) or f"no answer within {OPEN_SECS:g} s"
            if "unable to open" in cause:  # is all that SQLite says
                cause += "; its folder must exist and be writable"
            raise StoreError(f"{_place(url)} can't be opened: {cause}") from error
        return database

    async def close(self) -> None:
        """Let go of every connection."""
        await self._engine.dispose()

    async def _bring_up_to_date(self) -> None:
        if self._one_writer:
            with _our_errors():
                await asyncio.to_thread(_prepare_file, self._engine)
        async with self.write() as connection:
            if not self._one_writer:
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
                await lock(connection, MIGRATION_LOCK)
            await connection.run_sync(_migrate)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes nothing.

        Raises:
            StoreError: If the database can't be used.
        """
        with _our_errors():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed at its end, or undone if it raises.

        Raises:
            StoreError: If the database can't be used.
        """
        async with AsyncExitStack() as stack:
            stack.enter_context(_our_errors())
            if self._one_writer:
                await stack.enter_async_context(self._writing)
            connection = await stack.enter_async_context(self._engine.connect())
            await connection.execution_options(writes=True)
            await stack.enter_async_context(connection.begin())
            yield connection


async def lock(connection: AsyncConnection, number: int) -> None:
    """Wait until no other transaction holds this lock; PostgreSQL only, SQLite has one writer."""
    if connection.dialect.name == POSTGRESQL:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # which may quote the password: hence `from None`
        raise StoreError(
            "DATABASE_URL is no URL such as sqlite+aiosqlite:///voicebot.db "
            "or postgresql://user:password@host/database"
        ) from None
    kind = parsed.drivername.partition("+")[0]
    if kind not in DRIVERS:
        raise StoreError(f"DATABASE_URL: {kind} is neither sqlite nor postgresql")
    if kind == SQLITE and parsed.database in (None, "", ":memory:"):
        raise StoreError("DATABASE_URL names no file, such as sqlite+aiosqlite:///voicebot.db")
    return parsed.set(drivername=DRIVERS[kind])


def _engine(url: URL) -> AsyncEngine:
    sqlite = url.get_backend_name() == SQLITE
    try:
        engine = create_async_engine(
            url,
            connect_args={"timeout": BUSY_SECS} if sqlite else POSTGRESQL_LIMITS,
            pool_pre_ping=not sqlite,
            pool_timeout=BUSY_SECS,
            hide_parameters=True,  # or an error prints phone numbers
        )
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError(
            "PostgreSQL needs its driver: pip install 'exotel-voicebot[postgres]'"
        ) from error
    if sqlite:
        _set_up_sqlite(engine)
    return engine


def _set_up_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=FULL")  # a dial is on disk before Exotel is asked
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_file(engine: AsyncEngine) -> None:
    """Make it an SQLite file whose readers and writer don't wait for each other, as it then stays.

    Of processes that do so at the same moment SQLite makes all but one try again. Without aiosqlite
    a file that can't be opened is one clear error; its thread would add a traceback.
    """
    (path,), options = engine.dialect.create_connect_args(engine.url)
    deadline = time.monotonic() + BUSY_SECS
    while True:
        try:
            with closing(sqlite3.connect(path, timeout=BUSY_SECS, uri="uri" in options)) as file:
                file.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # it doesn't know the step that the database has reached
        raise StoreError(
            f"a newer version of the bot has changed it; use that one: {error}"
        ) from error


def _place(url: str) -> str:
    shown = make_url(url).difference_update_query(["password"])
    return f"DATABASE_URL ({shown.render_as_string(hide_password=True)})"


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        cause = str(getattr(error, "orig", None) or error)
        raise StoreError(cause.strip().partition("\n")[0]) from error
