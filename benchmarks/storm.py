"""Many dials through an Exotel that fails and an app that is killed: who was rung twice, or lost?

Run with `python -m benchmarks.storm`, offline. It exits with 1 if anybody was.
"""

import asyncio
import sys
from argparse import ArgumentParser
from collections import Counter
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.killable import KillableApp
from simulator.exotel import (
    Callbacks,
    CutConnection,
    Delay,
    Exchange,
    Faults,
    Garbage200,
    Http,
    Mix,
    NoAnswer,
    run_exchange,
)
from simulator.providers import run_providers

ROOT = Path(__file__).parent.parent
KEY = "storm"
CLIENTS = 40  # at once
SETTLE_SECS = 120.0
OVER = ("rejected", "no-answer", "failed")  # nobody picks up in this town

# A quarter of the dials goes well. Three seconds are beyond the second that the app waits.
FAULTS = Mix(
    {
        Delay(3.0): 0.08,
        Delay(3.0, rings=False): 0.05,
        Http(500, rings=True): 0.1,
        Http(500): 0.1,
        Http(504, rings=True): 0.05,
        CutConnection(): 0.08,
        CutConnection(rings=False): 0.08,
        Garbage200("html"): 0.05,
        Garbage200("truncated"): 0.03,
        Garbage200("no-sid", rings=False): 0.03,
        Http(429, retry_after=1): 0.07,
        Http(403, "Your account is not yet KYC compliant."): 0.03,
    }
)


@dataclass(slots=True)
class Storm:
    """What came of it.

    Attributes:
        answers: The HTTP statuses that clients got, "none" for a cut or late one.
        outcomes: The statuses of the records in the end.
        twice: Numbers that rang more than once.
        lost: Numbers whose record says another thing than their phone, and what.
        kills: How often the app was killed.
    """

    answers: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    kills: int = 0


async def storm(dials: int, seed: int, kills: int = 1, database: str = "") -> Storm:
    """Ring `dials` people, each under one key, and count.

    Args:
        dials: How many people.
        seed: Of the faults and of the clients' impatience.
        kills: How often the app is killed meanwhile, without a warning.
        database: A URL; a new SQLite file unless given.
    """
    result = Storm()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        providers = await stack.enter_async_context(run_providers())
        exchange = await stack.enter_async_context(
            run_exchange(
                default_person=NoAnswer(),
                faults=Faults(connect=FAULTS),
                callbacks=Callbacks(lost=0.5, doubled=0.2, retries=(1.0,)),
                speed=30,
                seed=seed,
            )
        )
        environment = {
            **providers.env,
            **exchange.env,
            "START_API_KEY": KEY,
            "EXOTEL_CONNECT_MODE": "voice-ai",
            "DIALS_PER_MINUTE": "1000000",
            "MAX_CALLS": "1000000",
            "DRAIN_SECS": "1",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": database or f"sqlite+aiosqlite:///{folder}/storm.db",
        }
        app = KillableApp(environment)
        await app.start()
        stack.push_async_callback(app.stop)
        client = await stack.enter_async_context(
            httpx.AsyncClient(
                base_url=app.url,
                headers={"Authorization": f"Bearer {KEY}"},
                trust_env=False,
                limits=httpx.Limits(max_keepalive_connections=0),
            )
        )
        numbers = [f"+9190{seed % 100:02}{nth:06}" for nth in range(dials)]
        places = asyncio.Semaphore(CLIENTS)
        rung = [asyncio.create_task(_ring(client, places, n, seed, result)) for n in numbers]
        killing = asyncio.create_task(_kill_between(app, rung, kills))
        call_ids = await asyncio.gather(*rung)
        result.kills = await killing
        await exchange.idle()
        for number, call_id in zip(numbers, call_ids, strict=True):
            _judge(exchange, number, await _settled(client, call_id), result)
    return result


async def _kill_between(app: KillableApp, rung: list[asyncio.Task[str]], kills: int) -> int:
    """Kill the app and start it again, whenever another part of the people has been rung."""
    for nth in range(kills):
        part = len(rung) * (nth + 1) // (kills + 1)
        for done in islice(asyncio.as_completed(rung), part):
            await done
        await app.kill()
        await app.start()
    return kills


async def _ring(
    client: httpx.AsyncClient, places: asyncio.Semaphore, number: str, seed: int, result: Storm
) -> str:
    """Ask for one call until there is an answer that is none for the moment; its id."""
    chance = Random(f"{seed} {number}")
    headers = {"Idempotency-Key": f"key of {number}"}
    body = {"dialout_settings": {"phone_number": number}}
    while True:
        async with places:
            try:
                answer = await client.post(
                    "/start", json=body, headers=headers, timeout=chance.choice([0.5, 2.0, 30.0])
                )
            except httpx.TransportError:
                result.answers["none"] += 1
                await asyncio.sleep(0.2)
                continue
        result.answers[str(answer.status_code)] += 1
        if answer.status_code in (200, 502, 504) and chance.random() < 0.7:
            call_id: str = answer.json()["call_id"]
            return call_id
        await asyncio.sleep(float(answer.headers.get("retry-after", 0.1)))


async def _settled(client: httpx.AsyncClient, call_id: str) -> dict[str, Any]:
    record: dict[str, Any] = {}
    with suppress(TimeoutError):
        async with asyncio.timeout(SETTLE_SECS):
            while record.get("status") not in OVER:
                await asyncio.sleep(0.05 if record else 0)
                record = (await client.get(f"/calls/{call_id}", timeout=30)).json()
    return record


def _judge(exchange: Exchange, number: str, record: dict[str, Any], result: Storm) -> None:
    """Compare a record with the phone that rang, or didn't."""
    rung = exchange.rung(number)
    calls = [call.sid for call in exchange.calls if call.number == number]
    result.outcomes[record["status"]] += 1
    if rung > 1:
        result.twice.append(number)
    expected = ("no-answer",) if rung else ("rejected", "failed")
    if record["status"] not in expected or (rung and record["call_sid"] not in calls):
        result.lost.append(f"{number} rang {rung} times, and its record is {record}")


def main() -> int:
    """Run one storm and print what came of it."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--dials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--database", default="", help="a URL; a new SQLite file by default")
    args = parser.parse_args()
    result = asyncio.run(storm(args.dials, args.seed, args.kills, args.database))
    print(f"answers        {dict(result.answers)}")
    print(f"outcomes       {dict(result.outcomes)}")
    print(f"app killed     {result.kills} times")
    print(f"rung twice     {len(result.twice)} {result.twice[:3]}")
    print(f"lost           {len(result.lost)} {result.lost[:3]}")
    return 1 if result.twice or result.lost else 0


if __name__ == "__main__":
    sys.exit(main())
