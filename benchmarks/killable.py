"""The outbound app as a process that can be killed and started again on the same address."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

import httpx

from benchmarks.processes import BOT, ROOT, free_port

START_SECS = 60.0


class KillableApp:
    """The outbound app, with a quick pace, as a process.

    Args:
        environment: What it reads besides its own address.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {
            **environment,
            "PORT": str(port),
            "PUBLIC_URL": self.url,
            "PYTHONPATH": str(ROOT),
            "BOT": BOT,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it serves."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.quick_outbound", cwd=ROOT, env=self._environment
        )
        async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(START_SECS):
            while True:
                with suppress(httpx.TransportError):
                    if (await client.get(f"{self.url}/readyz")).is_success:
                        return
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """End it as an orchestrator does."""
        await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> None:
        assert self._process
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, how)
        await self._process.wait()
