"""Engines for the two databases, SQLite in one file and PostgreSQL, and their tables up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECS = 5.0  # for another process to finish its writing
SQLITE, POSTGRESQL = "sqlite", "postgresql"
POSTGRESQL_LIMITS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,  # ms, of a network that swallows everything
    "options": "-c statement_timeout=10s",
}
DRIVERS = {
    SQLITE: "sqlite+aiosqlite",
    POSTGRESQL: "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


class StoreError(Exception):
    """The database can't be opened or used; says what to do."""


class BadValue(StoreError):
    """The database works, and doesn't take this value: the fault is in one request, or one row."""


def parsed(url: str) -> URL:
    """A DATABASE_URL with the driver that we use.

    Raises:
        StoreError: If it is none.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # which may quote the password: hence `from None`
        raise StoreError(
            "DATABASE_URL is no URL such as sqlite+aiosqlite:///voicebot.db "
            "or postgresql://user:password@host/database (special characters percent-encoded)"
        ) from None
    kind = parsed.drivername.partition("+")[0]
    if kind not in DRIVERS:
        raise StoreError(f"DATABASE_URL: {kind} is neither sqlite nor postgresql")
    if kind == SQLITE and parsed.database in (None, "", ":memory:"):
        raise StoreError("DATABASE_URL names no file, such as sqlite+aiosqlite:///voicebot.db")
    return parsed.set(drivername=DRIVERS[kind])


def engine_for(url: URL) -> AsyncEngine:
    """An engine for it, which hasn't connected yet.

    Raises:
        StoreError: If the driver isn't installed.
    """
    sqlite = url.get_backend_name() == SQLITE
    try:
        engine = create_async_engine(
            url,
            connect_args={"timeout": BUSY_SECS} if sqlite else POSTGRESQL_LIMITS,
            pool_pre_ping=not sqlite,
            pool_timeout=BUSY_SECS,
            isolation_level=None if sqlite else "READ COMMITTED",  # whatever the server's default
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


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, inside of a transaction that nobody else can be in.

    Raises:
        StoreError: If a newer version of the bot was here before.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # it doesn't know the step that the database has reached
        raise StoreError(
            f"a newer version of the bot has changed it; use that one: {error}"
        ) from error


def place_of(url: str) -> str:
    """The setting as it may be shown."""
    shown = make_url(url).difference_update_query(["password"])
    return f"DATABASE_URL ({shown.render_as_string(hide_password=True)})"


@contextmanager
def our_errors() -> Iterator[None]:
    """Raise what goes wrong in a database as StoreError, without the values of the statement.

    What is wrong with a value is a BadValue, whoever notices: the database, its driver, or Python,
    which can't encode half a surrogate pair.
    """
    try:
        yield
    except (IntegrityError, DataError, UnicodeError, OverflowError) as error:
        raise BadValue(_cause(error)) from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(_cause(error)) from error


def _cause(error: Exception) -> str:
    if isinstance(error, UnicodeError):  # which would quote the text
        return "a text can't be written as UTF-8"
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    # asyncpg: "invalid input for query argument $1: 'Meera' (an integer is required)"
    return said.partition(": '")[0].partition(': "')[0] if isinstance(error, DataError) else said
