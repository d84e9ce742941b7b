"""A store on SQLite and one on PostgreSQL: what asks for `url` or `store` runs with both."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared.records.store import Store
from tests.support.postgresql import MISSING, Cluster, programs, running_cluster

REQUIRED = os.environ.get("REQUIRE_POSTGRESQL")  # noqa: TID251  # CI's word to the tests


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    found = programs()
    if found is None:
        if REQUIRED:
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with running_cluster(found) as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/calls.db"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.emptied()


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    store = await Store.open(url)
    yield store
    await store.close()
