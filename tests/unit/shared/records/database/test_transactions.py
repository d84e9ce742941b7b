"""Database transactions on SQLite and PostgreSQL: migrations, rollbacks, locks and lost servers."""

import asyncio
import gc
import sqlite3
import sys
import traceback
from contextlib import closing
from pathlib import Path
from threading import Timer

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, insert, select, text

from shared.records.database import engine
from shared.records.database.tables import CALLS, LEASES, METADATA
from shared.records.database.transactions import Database, StoreError
from shared.records.store import Store, new_row
from tests.support.call_records import NUMBER, dialled
from tests.support.postgresql import Cluster
from tests.support.processes import at_once, open_and_close


async def failure(url: str) -> str:
    """What is said when the database at `url` can't be opened."""
    with pytest.raises(StoreError) as failed:
        await Database.open(url)
    return str(failed.value)


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def calls_in(store: Store) -> int:
    async with store.database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(CALLS))).scalar_one()


async def test_the_last_migration_makes_the_tables_that_the_code_knows(store: Store) -> None:
    def differences(connection: Connection) -> object:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, METADATA)

    async with store.database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_opening_a_database_again_changes_nothing(url: str, store: Store) -> None:
    call = dialled()
    await store.add(call)
    again = await Store.open(url)
    assert await again.find(call.call_id) == call
    async with again.database.read() as connection:
        for table in ("leases", "alembic_version"):
            rows = await connection.execute(text(f"SELECT count(*) FROM {table}"))
            assert rows.scalar_one() == 1
    await again.close()


async def test_processes_may_migrate_an_empty_database_at_the_same_moment(url: str) -> None:
    await at_once(open_and_close, *[(url,)] * 4)
    opened = await Database.open(url)
    async with opened.read() as connection:
        assert len((await connection.execute(select(LEASES))).all()) == 1
    await opened.close()


async def test_a_migration_of_the_first_database_version_keeps_its_calls(
    url: str, store: Store
) -> None:
    call = dialled()
    await store.add(call)
    back = (
        "DROP INDEX calls_number",
        "DROP INDEX calls_beats",
        "ALTER TABLE calls DROP COLUMN beats",
        "DROP TABLE handovers",
        "ALTER TABLE calls DROP COLUMN stream_over",
        "UPDATE alembic_version SET version_num = '0001'",
    )
    async with store.database.write() as connection:
        for step in back:
            await connection.execute(text(step))
    again = await Store.open(url)
    assert await again.find(call.call_id) == call
    assert await again.transfers.find("none") is None
    await again.close()


async def test_a_database_of_a_newer_version_is_left_alone(url: str, store: Store) -> None:
    async with store.database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    said = await failure(url)
    assert "newer version" in said
    assert "9999" in said


async def test_a_statement_that_fails_undoes_the_whole_database_transaction(store: Store) -> None:
    call = dialled()
    row = new_row(call, store.schedule)
    with pytest.raises(StoreError) as failed:
        async with store.database.write() as connection:
            await connection.execute(insert(CALLS).values(**row))
            await connection.execute(insert(CALLS).values(**row))
    assert NUMBER not in "".join(traceback.format_exception(failed.value))
    assert await calls_in(store) == 0
    await store.add(call)


async def test_an_exception_of_ours_undoes_the_whole_database_transaction(store: Store) -> None:
    with pytest.raises(LookupError):
        async with store.database.write() as connection:
            await connection.execute(insert(CALLS).values(**new_row(dialled(), store.schedule)))
            raise LookupError
    assert await calls_in(store) == 0
    await store.add(dialled())


async def test_a_cancellation_undoes_the_whole_database_transaction(store: Store) -> None:
    inside = asyncio.Event()

    async def write_slowly() -> None:
        async with store.database.write() as connection:
            await connection.execute(insert(CALLS).values(**new_row(dialled(), store.schedule)))
            inside.set()
            await asyncio.sleep(60)

    writing = asyncio.create_task(write_slowly())
    await inside.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await calls_in(store) == 0
    await store.add(dialled())


# Python 3.13 says so of a connection that aiosqlite made for somebody who no longer waits for it.
@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
async def test_cancellation_at_any_moment_leaves_a_database_that_works(store: Store) -> None:
    calls = [dialled() for _ in range(30)]
    adding = [asyncio.create_task(store.add(call)) for call in calls]
    for number, task in enumerate(adding):
        await asyncio.sleep(0.0005 * (number % 3))
        task.cancel()
    ended = await asyncio.gather(*adding, return_exceptions=True)
    for call, end in zip(calls, ended, strict=True):
        assert end is None or isinstance(end, asyncio.CancelledError)
        assert end is not None or await store.find(call.call_id) == call
    await store.add(dialled())
    await asyncio.sleep(0.1)
    gc.collect()  # what is said of it belongs to this test


async def test_concurrent_database_transactions_wait_for_each_other(store: Store) -> None:
    calls = [dialled() for _ in range(40)]
    adding = asyncio.gather(*(store.add(call) for call in calls))
    await asyncio.gather(*(calls_in(store) for _ in range(40)))
    await adding
    assert await calls_in(store) == 40


async def test_a_database_file_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    said = await failure(sqlite_url(tmp_path / "missing" / "calls.db"))
    assert "DATABASE_URL" in said
    assert "missing/calls.db" in said
    assert "folder must exist and be writable" in said


async def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk. " * 1000, encoding="utf-8")
    assert "notes.txt" in (said := await failure(sqlite_url(tmp_path / "notes.txt")))
    assert "not a database" in said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "is no URL"),
        ("voicebot.db", "is no URL"),
        ("postgresql://bot:pass@word@host:p/db", "is no URL"),
        ("postgresql://bot:secret@host:port/db", "is no URL"),
        ("mysql://bot:secret@host/db", "mysql is neither sqlite nor postgresql"),
        ("sqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
    ],
)
async def test_an_unknown_kind_of_database_url_is_an_error(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as failed:
        await Database.open(url)
    told = "".join(traceback.format_exception(failed.value))
    assert "DATABASE_URL" in told
    assert "secret" not in told


async def test_an_sqlite_database_is_durable_and_its_readers_do_not_wait(tmp_path: Path) -> None:
    store = await Store.open(sqlite_url(tmp_path / "calls.db"))
    async with store.database.read() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2)):
            assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    async with store.database.write() as connection:
        await connection.execute(insert(CALLS).values(**new_row(dialled(), store.schedule)))
        assert await calls_in(store) == 0
    assert await calls_in(store) == 1
    await store.close()


async def test_a_database_file_that_another_process_just_began_is_waited_for(
    tmp_path: Path,
) -> None:
    path = tmp_path / "calls.db"
    with closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        Timer(0.2, other.execute, ("COMMIT",)).start()
        opened = await Database.open(sqlite_url(path))
        await opened.close()


async def test_a_database_that_another_process_never_unlocks_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECS", 0.1)
    path = tmp_path / "calls.db"
    store = await Store.open(sqlite_url(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            await store.add(dialled())
        assert await calls_in(store) == 0  # reading goes on
    await store.add(dialled())
    await store.close()
    assert "ERROR the database fails: database is locked\n" in log
    log.clear()


async def test_wrong_database_credentials_are_told_and_never_shown(cluster: Cluster) -> None:
    url = cluster.url("postgres", password="guessed-wrongly")
    with pytest.raises(StoreError) as failed:
        await Database.open(url)
    assert "password authentication failed" in str(failed.value)
    in_query = url.replace(":guessed-wrongly", "") + "&password=guessed-wrongly"
    assert "guessed-wrongly" not in "".join(traceback.format_exception(failed.value))
    assert "guessed-wrongly" not in await failure(in_query)


async def test_a_missing_database_is_an_error(cluster: Cluster) -> None:
    assert '"no_such" does not exist' in await failure(cluster.url("no_such"))


async def test_a_missing_database_server_is_an_error(unused_tcp_port: int) -> None:
    url = f"postgresql://bot:secret@127.0.0.1:{unused_tcp_port}/db"
    said = await failure(url)
    assert "refused" in said
    assert f"bot:***@127.0.0.1:{unused_tcp_port}/db" in said


async def test_a_database_url_without_its_driver_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "exotel-voicebot[postgres]" in await failure("postgresql://bot:secret@127.0.0.1/db")


async def test_a_database_connection_that_postgresql_has_cut_is_reconnected(
    cluster: Cluster,
) -> None:
    store = await Store.open(cluster.emptied())
    call = dialled()
    await store.add(call)
    with psycopg.connect(cluster.url()) as other:
        ours = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        cut = f"SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE {ours}"
        assert (True,) in other.execute(cut.encode()).fetchall()
    assert await store.find(call.call_id) == call
    await store.close()
