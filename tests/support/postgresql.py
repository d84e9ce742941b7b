"""A PostgreSQL of the tests' own: a private cluster in a folder, behind a socket in that folder."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

MISSING = "no PostgreSQL here: apt-get install postgresql"
PASSWORD = "kept-out-of-every-log"
QUICK = "-c fsync=off -c listen_addresses=''"


@dataclass(frozen=True)
class Cluster:
    """A running server with nobody else on it."""

    socket: Path

    def emptied(self) -> str:
        """The URL of the database, of which nothing is left: a new one would take much longer."""
        with psycopg.connect(self.url()) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self.url()

    def url(self, database: str = "postgres", password: str = PASSWORD) -> str:
        return f"postgresql://postgres:{password}@/{database}?host={self.socket}"


def programs() -> Path | None:
    """Where initdb and pg_ctl are, if somebody here may run them; they refuse to work for root."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = debian[-1] if debian else shutil.which("initdb")
    if not initdb or (_is_root() and "postgres" not in {user.pw_name for user in pwd.getpwall()}):
        return None
    return Path(initdb).resolve().parent


@contextmanager
def running_cluster(programs: Path) -> Iterator[Cluster]:
    """Make a cluster, and throw it away afterwards."""
    with TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if _is_root():
            for path in (folder, folder / "password"):
                shutil.chown(path, "postgres", "postgres")
        encoding = ("--no-locale", "--encoding=UTF8", "--no-sync")
        access = ("--username=postgres", "--pwfile=password", "--auth=scram-sha-256")
        _run(folder, programs / "initdb", "--pgdata=data", *encoding, *access)
        control = (programs / "pg_ctl", "--pgdata=data", "--wait")
        options = f"{QUICK} -c unix_socket_directories={folder}"
        _run(folder, *control, f"--options={options}", "--log=log", "start")
        try:
            yield Cluster(folder)
        finally:
            _run(folder, *control, "--mode=immediate", "stop")


def _run(folder: Path, *command: str | Path) -> None:
    user = "postgres" if _is_root() else None
    with (folder / "output").open("wb") as output:  # a pipe would stay open as long as the server
        done = subprocess.run(
            command, cwd=folder, user=user, group=user, stdout=output, stderr=output, timeout=60
        )
    if done.returncode:
        said = [path.read_text() for name in ("output", "log") if (path := folder / name).exists()]
        raise RuntimeError(f"{command[0]} failed: {''.join(said)}")


def _is_root() -> bool:
    return os.geteuid() == 0
