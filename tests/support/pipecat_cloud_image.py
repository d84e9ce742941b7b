"""What `docker build` would make of a Dockerfile for Pipecat Cloud's base image, in a folder."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

import httpx

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "deploy" / "pipecat-cloud"
BASE_APP = Path(__file__).parent / "pipecat_cloud_app.py"


def copied(bot: str) -> list[tuple[str, str]]:
    """What the bot's Dockerfile copies: from where in the repository to where in the image."""
    text = (RECIPES / bot / "Dockerfile").read_text(encoding="utf-8")
    return re.findall(r"^COPY (\S+) (\S+)$", text, re.MULTILINE)


def environment(bot: str) -> dict[str, str]:
    """What its Dockerfile sets."""
    text = (RECIPES / bot / "Dockerfile").read_text(encoding="utf-8")
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(re.findall("^ENV (.*)$", text, re.MULTILINE))))


def build(bot: str, folder: Path) -> None:
    """Lay the image's /app."""
    folder.mkdir(parents=True)
    shutil.copy(BASE_APP, folder / "app.py")
    for source, target in copied(bot):
        if (ROOT / source).is_dir():
            without = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / source, folder / target, ignore=without)
        else:
            shutil.copy(ROOT / source, folder / target)


@dataclass(frozen=True)
class Container:
    """A running agent, and what it has printed so far."""

    address: str
    log: Path

    @property
    def url(self) -> str:
        return f"ws://{self.address}/ws"

    @property
    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8")

    async def ask(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(timeout=30) as client:
            return await client.get(f"http://{self.address}{path}")

    async def post(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(timeout=30) as client:
            return await client.post(f"http://{self.address}{path}", json={"a": "body"})

    async def answers(self, path: str, status: int, within: float = 60.0) -> httpx.Response:
        """Ask until the answer has this status, as a probe does."""
        async with asyncio.timeout(within):
            while True:
                try:
                    answer = await self.ask(path)
                    if answer.status_code == status:
                        return answer
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.2)


@asynccontextmanager
async def running(
    folder: Path, command: tuple[str, ...], settings: Mapping[str, str]
) -> AsyncIterator[Container]:
    """Run Python in a folder, with these settings and nothing else of this environment."""
    with create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    log = folder.with_suffix(".log")
    with log.open("w", encoding="utf-8") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *(part.format(port=port) for part in command)),
            cwd=folder,
            env={"PATH": os.defpath, "PORT": str(port), **settings},
            stdout=output,
            stderr=output,
        )
        try:
            yield Container(f"127.0.0.1:{port}", log)
        finally:
            process.kill()
            await process.wait()
