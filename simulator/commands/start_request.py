"""Asking a bot to ring somebody, as a developer does with curl."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

START_SECS = 60.0  # for an answer to POST /start
RECORD_SECS = 5.0  # from the end of a call until the bot's record of it is complete


@dataclass(frozen=True, slots=True)
class Ordering:
    """A client of a running outbound bot.

    Args:
        url: Of the bot.
        key: Its START_API_KEY.
    """

    url: str
    key: str

    def start_command(self, order: Mapping[str, Any]) -> str:
        """The shell command that does what `start` does."""
        return (
            f"curl -X POST {self.url}/start \\\n"
            f"  -H 'Authorization: Bearer {self.key}' -H 'Content-Type: application/json' \\\n"
            f"  -d '{json.dumps(order)}'"
        )

    def record_command(self, call_id: str) -> str:
        """The shell command that reads the record of a call."""
        return f"curl -H 'Authorization: Bearer {self.key}' {self.url}/calls/{call_id}"

    async def start(self, order: Mapping[str, Any]) -> httpx.Response:
        """POST /start.

        Raises:
            httpx.HTTPError: If there is no answer.
        """
        async with self._client() as client:
            return await client.post("/start", json=order)

    async def record(self, call_id: str) -> dict[str, Any]:
        """GET /calls/{call_id}, once the call is over and the bot has put its socket away.

        Raises:
            httpx.HTTPError: If there is no answer, or it is an error.
        """
        deadline = time.monotonic() + RECORD_SECS
        async with self._client() as client:
            while True:
                answer = (await client.get(f"/calls/{call_id}")).raise_for_status()
                record: dict[str, Any] = answer.json()
                complete = record["ended_at"] and record["ending"]
                if complete or time.monotonic() > deadline:
                    return record
                await asyncio.sleep(0.1)

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=self.url,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=START_SECS,
            trust_env=False,
        )
