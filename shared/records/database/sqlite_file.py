"""The file of an SQLite database: private, sound, and still the one that was opened."""

import sqlite3
import time
from contextlib import closing, suppress
from io import FileIO
from pathlib import Path
from stat import S_IMODE
from typing import Any

from loguru import logger
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.records.database.engine import BUSY_SECS, StoreError

CHECK_SECS = 2.0  # of a start, for looking the file through; 100 MB take a third of a second
PROGRESS = 10_000  # steps of SQLite's between two looks at the clock
BESIDE = ("", "-wal", "-shm", "-journal")  # what belongs to a database

# Every transaction that writes counts on `user_version`, a number of SQLite's header for whoever
# wants one. A copy of the file that is older has a lower one.
COUNT_AT, COUNT_SIZE = 60, 4  # bytes of the file, by SQLite's file format
MOST_WRITES = 2**31 - 1

Identity = tuple[int, int] | None


class SqliteFile:
    """The file behind an engine for SQLite.

    Numbers, names and contexts of people are in it, so nobody else may read it: what we create is
    for its owner alone. A file that a group may write is shared on purpose, and stays the group's.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._path = Path()  # known once it is open
        self._identity: Identity = None
        self._opened: FileIO | None = None
        self._count = self._count_in_file = 0  # the highest that have been seen

    def prepare(self) -> None:
        """Make it a file whose readers and writer don't wait for each other, and look it through.

        Without aiosqlite a file that can't be opened is one clear error; its thread would add a
        traceback. Blocks for some seconds at most.

        Raises:
            sqlite3.Error: If it can't be opened.
            StoreError: If it is damaged.
        """
        (name,), options = self._engine.dialect.create_connect_args(self._engine.url)
        uri = "uri" in options
        if not uri:
            with suppress(OSError):  # SQLite says what is wrong
                Path(name).touch(mode=0o600)
        with closing(sqlite3.connect(name, timeout=BUSY_SECS, uri=uri)) as file:
            self._path = Path(file.execute("PRAGMA database_list").fetchone()[2])
            if self._in_memory:
                return
            _make_private(self._path)  # before SQLite gives the others the same mode
            _have_a_log(file)
            _look_through(file)
        self._identity = _identity(self._path)
        self._opened = self._path.open("rb", buffering=0)
        event.listen(self._engine.sync_engine, "begin", self._log_is_there)
        event.listen(self._engine.sync_engine, "begin", self._go_on_counting)

    def close(self) -> None:
        """Close the file, after every connection: before, they would lose their locks on it."""
        if self._opened:
            self._opened.close()
            self._opened = None

    def check(self) -> None:
        """See that the file is still in its place.

        A process that has it open would write on into a file without a name, and nobody would know
        after the next start whom it has rung.

        Raises:
            StoreError: If it isn't.
        """
        if self._in_memory:
            return
        now = _identity(self._path)
        if now != self._identity:
            what = "deleted or moved" if now is None else "replaced by another one"
            raise StoreError(_gone(self._path, what))
        if not self._path.stat().st_size:
            raise StoreError(_gone(self._path, "emptied"))
        if self._opened:  # what is copied over the file doesn't come to SQLite's log
            self._opened.seek(COUNT_AT)
            count = int.from_bytes(self._opened.read(COUNT_SIZE), "big")
            self._see(count, self._count_in_file)
            self._count_in_file = count

    @property
    def _in_memory(self) -> bool:
        return not self._path.name

    def _log_is_there(self, connection: Connection) -> None:
        """See that the log (`-wal`) is the one that this connection has been writing into.

        While a connection is open, SQLite leaves its log in place.
        """
        log = self._path.with_name(f"{self._path.name}-wal")
        known: dict[Any, Any] = connection.info
        if "log" in known and known["log"] != _identity(log):
            raise StoreError(_gone(log, "deleted or replaced"))
        if connection.get_execution_options().get("writes"):
            known["log"] = _identity(log)

    def _go_on_counting(self, connection: Connection) -> None:
        seen = self._count  # by others too, while SQLite is asked
        count: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        self._see(count, seen)
        self._count = max(self._count, count)
        if connection.get_execution_options().get("writes"):
            following = min(count + 1, MOST_WRITES)
            connection.exec_driver_sql(f"PRAGMA user_version = {following}")

    def _see(self, count: int, before: int) -> None:
        if count < before:
            raise StoreError(_gone(self._path, "overwritten by an older one"))


def _gone(path: Path, what: str) -> str:
    return (
        f"{path} was {what} while the bot runs. Nobody is dialled any more, since whom it has rung "
        "may be forgotten: put the file back, or leave it, and restart the bot"
    )


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    for suffix in BESIDE:
        file = path.with_name(path.name + suffix)
        with suppress(OSError):  # it isn't there, or isn't ours
            mode = S_IMODE(file.stat().st_mode)
            allowed = 0o660 if mode & 0o020 else 0o600
            if mode & ~allowed:
                file.chmod(mode & allowed)
    if S_IMODE(path.stat().st_mode) & 0o007:
        logger.warning("{} can be read by others on this machine: chmod o= {}", path, path)


def _have_a_log(file: sqlite3.Connection) -> None:
    """Of processes that do so at the same moment SQLite makes all but one try again."""
    deadline = time.monotonic() + BUSY_SECS
    while True:
        try:
            file.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _look_through(file: sqlite3.Connection) -> None:
    deadline = time.monotonic() + CHECK_SECS
    file.set_progress_handler(lambda: time.monotonic() > deadline, PROGRESS)
    try:
        (said,) = file.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):  # it is too large for a start to wait for
            return
        raise
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        said = str(error)
    if said != "ok":
        raise StoreError(
            f"the file is damaged ({' '.join(said.split())[:100]}): put a backup in its place, or "
            "save what can be read with `sqlite3 FILE .recover`"
        )
