"""The SQLite file: private to its owner, and watched against being exchanged or damaged."""

import asyncio
import os
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from shared.records.database import outage, sqlite_file
from shared.records.database.transactions import BadValue, StoreError
from shared.records.store import Store
from simulator.exotel import run_exchange
from simulator.providers import run_providers
from tests.support.call_records import dialled
from tests.support.outbound import Rig, running_outbound

BESIDE = ("", "-wal", "-shm")


def url_of(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def modes(path: Path) -> list[str]:
    return [oct(path.with_name(path.name + each).stat().st_mode & 0o777) for each in BESIDE]


@pytest.fixture
def lax() -> Iterator[None]:
    """A machine on which new files are everybody's."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.parametrize("scheme", ["", "file:"])
async def test_a_new_database_file_is_for_its_owner_alone(
    tmp_path: Path, lax: None, scheme: str
) -> None:
    path = tmp_path / "calls.db"
    uri = f"sqlite+aiosqlite:///{scheme}{path}" + ("?uri=true" if scheme else "")
    store = await Store.open(uri)
    await store.add(dialled())
    assert modes(path) == ["0o600"] * 3
    await store.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [(0o644, 0o600), (0o666, 0o660), (0o664, 0o660), (0o660, 0o660), (0o600, 0o600)],
)
async def test_an_older_database_file_is_closed_to_all_but_owner_and_group(
    tmp_path: Path, lax: None, before: int, after: int
) -> None:
    path = tmp_path / "calls.db"
    with closing(sqlite3.connect(path)) as file:  # killed, with its log beside it
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE mine (x)")
        file.commit()
        for each in BESIDE:
            path.with_name(path.name + each).chmod(before)
        store = await Store.open(url_of(path))
        await store.add(dialled())
        assert modes(path) == [oct(after)] * 3
        await store.close()


def delete(path: Path) -> None:
    path.unlink()


def delete_all(path: Path) -> None:
    for each in BESIDE:
        path.with_name(path.name + each).unlink()


def move_the_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def begin_anew(path: Path) -> None:
    path.unlink()
    path.touch()


def put_a_backup(path: Path) -> None:
    backup = path.with_name("backup.db")
    shutil.copy(path, backup)
    backup.replace(path)


def put_a_link(path: Path) -> None:
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other)) as file:
        file.execute("CREATE TABLE mine (x)")
    path.unlink()
    path.symlink_to(other)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def delete_the_log(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


HARM = [
    delete,
    delete_all,
    move_the_folder,
    begin_anew,
    put_a_backup,
    put_a_link,
    empty,
    delete_the_log,
]


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
async def test_an_exchanged_database_file_is_noticed_at_the_next_transaction(
    tmp_path: Path, log: list[str], harm: Callable[[Path], None]
) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "calls.db"
    store = await Store.open(url_of(path))
    await store.add(dialled())
    harm(path)
    for _ in range(3):
        with pytest.raises(StoreError, match=r"while the bot runs.*restart the bot"):
            await store.add(dialled())
    assert store.database.failing
    (said,) = [line for line in log if line.startswith("ERROR")]
    assert "the database fails" in said
    assert "calls.db" in said
    log.clear()
    await store.close()


def copy_over(backup: Path, path: Path) -> None:
    path.write_bytes(backup.read_bytes())  # as `cp` does: the file stays the same one


def restore_into(backup: Path, path: Path) -> None:
    with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(path)) as file:
        source.backup(file)


@pytest.mark.parametrize("put", [copy_over, restore_into], ids=lambda put: put.__name__)
async def test_an_older_copy_written_over_the_database_file_is_noticed(
    tmp_path: Path, log: list[str], put: Callable[[Path, Path], None]
) -> None:
    path, backup = tmp_path / "calls.db", tmp_path / "backup.db"
    store = await Store.open(url_of(path))
    await store.close()
    shutil.copy(path, backup)
    store = await Store.open(url_of(path))
    call = dialled()
    await store.add(call)
    await store.close()
    store = await Store.open(url_of(path))
    put(backup, path)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"overwritten by an older one.*restart the bot"):
            await store.add(dialled())
        with pytest.raises(StoreError, match="overwritten by an older one"):
            await store.find(call.call_id)
    log.clear()
    await store.close()


async def test_rolled_back_transactions_make_no_older_database_file(tmp_path: Path) -> None:
    stores = [await Store.open(url_of(tmp_path / "calls.db")) for _ in range(3)]
    same = dialled()
    await stores[0].add(same)
    for _ in range(20):
        refused = (store.add(same) for store in stores)
        for answer in await asyncio.gather(*refused, return_exceptions=True):
            assert isinstance(answer, BadValue)
        await asyncio.gather(*(store.add(dialled()) for store in stores))
        found = await asyncio.gather(*(store.find(same.call_id) for store in stores))
        assert all(found)
    for store in stores:
        await store.close()


async def test_a_database_file_that_is_put_back_is_used_again(
    tmp_path: Path, log: list[str]
) -> None:
    path, aside = tmp_path / "calls.db", tmp_path / "aside.db"
    store = await Store.open(url_of(path))
    path.rename(aside)
    with pytest.raises(StoreError):
        await store.add(dialled())
    aside.rename(path)
    await store.add(dialled())
    assert not store.database.failing
    assert "INFO the database works again\n" in log
    log.clear()
    await store.close()


async def test_a_database_s_write_ahead_log_may_come_and_go(tmp_path: Path) -> None:
    for _ in range(3):
        store = await Store.open(url_of(tmp_path / "calls.db"))
        await store.add(dialled())
        await store.close()
    assert not (tmp_path / "calls.db-wal").exists()


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    url = url_of(tmp_path / "calls.db")
    async with (
        run_providers() as providers,
        run_exchange(speed=100) as exchange,
        running_outbound(
            providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai", DATABASE_URL=url
        ) as rig,
    ):
        yield rig


async def test_without_its_database_file_the_bot_dials_nobody_and_is_not_ready(
    rig: Rig, tmp_path: Path, log: list[str]
) -> None:
    delete(tmp_path / "calls.db")
    answer = await rig.start("+919810000001", key="after")
    assert (answer.status_code, rig.exchange.rung("+919810000001")) == (503, 0)

    async def ready() -> bool:
        return (await rig.client.get("/readyz")).status_code == 200

    assert not await ready()
    errors = [line for line in log if line.startswith("ERROR")]
    assert len(errors) == 1  # whatever else has used it meanwhile
    assert "was deleted or moved while the bot runs" in errors[0]
    log.clear()


def spoil(path: Path, number: int) -> None:
    """Write nonsense over a page in the middle."""
    with path.open("r+b") as file:
        file.seek(4096 * number)
        file.write(b"\x5a" * 4096)


async def filled(path: Path) -> Store:
    store = await Store.open(url_of(path))
    for _ in range(40):
        await store.add(dialled(context='"' + "x" * 1_000 + '"'))
    return store


@pytest.mark.parametrize("page", [0, 3, 8, 20])
async def test_a_damaged_database_file_is_explained_and_not_opened(
    tmp_path: Path, page: int
) -> None:
    path = tmp_path / "calls.db"
    await (await filled(path)).close()
    spoil(path, page)
    with pytest.raises(StoreError) as failed:
        await Store.open(url_of(path))
    said = str(failed.value)
    assert "\n" not in said
    assert "DATABASE_URL" in said
    assert ("is damaged" in said and ".recover" in said) or "not a database" in said


async def test_a_database_file_whose_check_times_out_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.db"
    await (await filled(path)).close()
    monkeypatch.setattr(sqlite_file, "CHECK_SECS", -1.0)
    monkeypatch.setattr(sqlite_file, "PROGRESS", 10)
    await (await Store.open(url_of(path))).close()


async def test_a_failing_database_file_is_logged_once_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    path = tmp_path / "calls.db"
    store = await filled(path)
    await store.close()
    store = await Store.open(url_of(path))
    for page in range(1, path.stat().st_size // 4096):
        spoil(path, page)

    async def use() -> None:
        with pytest.raises(StoreError):
            await store.due(100)

    for _ in range(5):
        await use()
    told = [line for line in log if line.startswith("ERROR")]
    assert len(told) == 1
    monkeypatch.setattr(outage, "EVERY_SECS", 0.01)
    time.sleep(0.02)  # noqa: ASYNC251
    await use()
    assert len([line for line in log if line.startswith("ERROR")]) == 2
    async with store.database.read() as connection:
        await connection.execute(text("SELECT 1"))
    assert store.database.failing  # for what this one didn't touch
    log.clear()
    await store.close()
