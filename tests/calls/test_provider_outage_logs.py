"""Log, health and metrics while a provider is down in concurrent calls."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import httpx
import pytest
import pytest_asyncio
from loguru import logger

from shared.observability.logs import set_up_logging
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Say, WaitForBot
from simulator.providers import Refuse, run_providers
from simulator.stream.profiles import PROFILES
from tests.support.bots import Bot, running_bot

LIGHT = replace(PROFILES["live"], frame_ms=100)
BOT = WaitForBot(quiet=1.0)
FAILING = "TTS=cartesia"


@pytest.fixture(autouse=True)
def log() -> list[str]:
    """Here errors are what it is about."""
    return []


@dataclass
class Outage:
    """What is told from the first call to the last."""

    lines: list[str] = field(default_factory=list)
    ready: list[httpx.Response] = field(default_factory=list)
    metrics: list[str] = field(default_factory=list)

    async def ask(self, bot: Bot) -> None:
        async with httpx.AsyncClient(base_url=f"http://{bot.address}") as client:
            self.ready.append(await client.get("/readyz"))
            self.metrics.append((await client.get("/metrics")).text)

    def about(self, word: str) -> list[str]:
        return [line for line in self.lines if word in line]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def outage() -> AsyncIterator[Outage]:
    """Two calls in which the voice's key is refused, and one in which it's accepted again."""
    seen = Outage()
    async with run_providers() as providers, running_bot(providers.env) as bot:
        set_up_logging()
        sink = logger.add(seen.lines.append, level="INFO", format="{level} {message}")
        works = providers.behaviour
        providers.behaviour = replace(works, tts=Refuse(401))
        asks = (BOT, Say("opening_hours.wav"), BOT, HangUp())
        await asyncio.gather(*(place_call(bot.url, asks, profile=LIGHT) for _ in range(2)))
        await seen.ask(bot)
        providers.behaviour = works
        await place_call(bot.url, (BOT, HangUp()), profile=LIGHT)
        await asyncio.sleep(1.0)  # the metrics are kept for so long
        await seen.ask(bot)
        logger.remove(sink)
    yield seen


def test_a_provider_outage_is_one_log_line_that_names_the_setting(outage: Outage) -> None:
    fails, works = outage.about(FAILING)
    assert fails.startswith(f"ERROR {FAILING} fails: CARTESIA_API_KEY was refused (401)")
    assert works.startswith(f"INFO {FAILING} works again")


def test_each_call_logs_its_provider_failures_and_counts_no_apology(outage: Outage) -> None:
    *failed, well = outage.about(" ended: ")
    assert len(failed) == 2
    for line in failed:
        assert line.startswith("WARNING call ")
        assert "median response none, tts failed " in line
    assert well.startswith("INFO call ")
    assert "failed" not in well


def test_health_stays_ready_and_names_the_failing_provider(outage: Outage) -> None:
    away, back = outage.ready
    assert (away.status_code, away.json()["ready"], away.json()["failing"]) == (
        200,
        True,
        [FAILING],
    )
    assert (back.status_code, "failing" in back.json()) == (200, False)


def test_metrics_name_the_failing_provider(outage: Outage) -> None:
    def gauge(kind: str, provider: str, value: int) -> str:
        return f'voicebot_provider_failing{{kind="{kind}",provider="{provider}"}} {value}\n'

    away, back = outage.metrics
    assert gauge("tts", "cartesia", 1) in away
    assert gauge("stt", "deepgram", 0) in away
    assert gauge("tts", "cartesia", 0) in back
