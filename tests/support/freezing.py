"""A way to a PostgreSQL that can be frozen: connections stay open, and nothing comes any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.postgresql import PASSWORD, Cluster

SOCKET = ".s.PGSQL.5432"


class Freezer:
    """Passes bytes on between clients and a cluster, unless it is frozen."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.url = f"postgresql://postgres:{PASSWORD}@/postgres?host={folder}"
        self._cluster = cluster
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._connected: set[asyncio.Task[None]] = set()

    def freeze(self) -> None:
        self._thawed.clear()

    def thaw(self) -> None:
        self._thawed.set()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, to_them = await asyncio.open_unix_connection(self._cluster.socket / SOCKET)
        for source, sink in ((reader, to_them), (theirs, writer)):
            task = asyncio.create_task(self._forward(source, sink))
            self._connected.add(task)

    async def close(self) -> None:
        for task in self._connected:
            task.cancel()
        await asyncio.gather(*self._connected, return_exceptions=True)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while data := await reader.read(65_536):
                    await self._thawed.wait()
                    writer.write(data)
                    await writer.drain()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


@asynccontextmanager
async def freezable(cluster: Cluster) -> AsyncIterator[Freezer]:
    """A freezer before an empty database."""
    cluster.emptied()
    with TemporaryDirectory(prefix="ice-") as name:
        freezer = Freezer(Path(name), cluster)
        server = await asyncio.start_unix_server(freezer.connect, Path(name) / SOCKET)
        try:
            yield freezer
        finally:
            server.close()
            await freezer.close()
