"""The outbound app between a simulated Exotel and simulated providers, and a client of it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from fastapi import FastAPI

from benchmarks.processes import free_port
from outbound.app import create_app
from shared.records.reconcile_schedule import ReconcileSchedule
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from simulator.exotel import Exchange
from tests.support.bots import database_in, eventually, serving

KEY = "5d1e7a90c3f24b68"
BEARER = {"Authorization": f"Bearer {KEY}"}

# What takes minutes with the real Exotel, at a pace that tests can follow.
QUICK = ReconcileSchedule(
    exotel=1.0,
    queue=0.3,
    answer=2.0,
    round=0.1,
    lease=1.0,
    backoff=(0.2,),
    talking=0.2,
    down=0.4,
    bill=0.2,
    misses=2,
)


@dataclass(frozen=True)
class Rig:
    """A running outbound app."""

    app: FastAPI
    exchange: Exchange
    client: httpx.AsyncClient
    address: str

    @property
    def store(self) -> Store:
        store: Store = self.app.state.store
        return store

    @property
    def capacity(self) -> Capacity:
        capacity: Capacity = self.app.state.capacity
        return capacity

    async def start(
        self, number: str, context: Any = None, *, key: str | None = None, **dialout: Any
    ) -> httpx.Response:
        """POST /start."""
        body: dict[str, Any] = {"dialout_settings": {"phone_number": number, **dialout}}
        if context is not None:
            body["context"] = context
        headers = {"Idempotency-Key": key} if key else {}
        return await self.client.post("/start", json=body, headers=headers)

    async def record(self, call_id: str) -> dict[str, Any]:
        """GET /calls/{call_id}."""
        answer = await self.client.get(f"/calls/{call_id}")
        assert answer.status_code == 200, answer.text
        record: dict[str, Any] = answer.json()
        return record

    async def filed(self, call_id: str) -> dict[str, Any]:
        """The record, once our socket's end is in it."""
        latest: dict[str, Any] = {}

        async def there() -> bool:
            latest.update(await self.record(call_id))
            return latest["ending"] is not None

        await eventually(there)
        return latest

    async def becomes(self, call_id: str, *statuses: str) -> dict[str, Any]:
        """The record, once the call has one of these statuses."""
        latest: dict[str, Any] = {}

        async def there() -> bool:
            latest.update(await self.record(call_id))
            return latest["status"] in statuses

        await eventually(there, within=15)
        return latest


@asynccontextmanager
async def running_outbound(
    environment: Mapping[str, str],
    exchange: Exchange,
    schedule: ReconcileSchedule = QUICK,
    **settings: str,
) -> AsyncIterator[Rig]:
    """Serve the outbound app as a user would configure it for this Exotel."""
    port = environment.get("PORT") or str(free_port())
    with TemporaryDirectory() as folder:
        chosen = Settings.parse(
            {
                "PORT": port,
                "PUBLIC_URL": f"http://127.0.0.1:{port}",
                "START_API_KEY": KEY,
                "DRAIN_SECS": "0.5",
                "MAX_DIALS_PER_PERSON": "0",
                "BOT": "shared.providers.offline.bot",
                **database_in(folder),
                **environment,
                **exchange.env,
                **settings,
            }
        )
        app = create_app(chosen, schedule=schedule)
        async with (
            serving(app, chosen) as address,
            httpx.AsyncClient(
                base_url=f"http://{address}",
                headers=BEARER,
                timeout=60,
                trust_env=False,
                # The server closes a connection that idles at the very moment of its next use, too.
                limits=httpx.Limits(max_keepalive_connections=0),
            ) as client,
        ):
            yield Rig(app, exchange, client, address)
