"""Start-up of an agent on Pipecat Cloud, and what callers hear when it fails or takes long."""

import asyncio
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest
from pipecat.runner.types import WebSocketRunnerArguments
from starlette.websockets import WebSocketState

from shared import pipecat_cloud
from shared.bot.loading import Bot
from shared.pipecat_cloud import CloudAgent
from shared.records.database.transactions import StoreError
from shared.records.store import Store
from shared.runtime.resources import Resources
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from tests.support.bots import PERSONA, answer, eventually

KEYLESS = {"ENV": "production", "STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}
RESOURCES = Resources(answer, PERSONA, Direction.INBOUND, Mock(), Mock(), None, None)
CALL = WebSocketRunnerArguments(websocket=Mock(application_state=WebSocketState.DISCONNECTED))


async def _hang(_: str) -> None:
    await asyncio.Event().wait()


class Stage:
    """An agent whose opening, store and calls are played.

    Attributes:
        served: The store that each call got.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
        self.agent = CloudAgent("inbound.bot", Direction.INBOUND)
        self.openings = 0
        self.served: list[Store | None] = []
        self.apologies = 0
        self.opened: asyncio.Future[Resources] | None = None
        environment = {**KEYLESS, **settings}
        monkeypatch.setattr(Settings, "load", lambda: Settings.parse(environment))
        monkeypatch.setattr(pipecat_cloud, "load_bot", lambda *_: Bot(answer, (PERSONA,)))
        monkeypatch.setattr(pipecat_cloud, "open_resources", self._open)
        monkeypatch.setattr(pipecat_cloud, "serve_call", self._serve)
        monkeypatch.setattr(CloudAgent, "_apologise", self._apologise)

    async def _open(self, *_: Any, **__: Any) -> Resources:
        self.openings += 1
        self.opened = asyncio.get_running_loop().create_future()
        return await self.opened

    async def _serve(self, _: Any, resources: Resources) -> None:
        self.served.append(resources.store)

    async def _apologise(self, _: Any) -> None:
        self.apologies += 1

    async def opens(self, outcome: Resources | Exception = RESOURCES) -> None:
        """Let the opening that is under way end."""
        await eventually(lambda: self.opened is not None and not self.opened.done())
        assert self.opened
        if isinstance(outcome, Exception):
            self.opened.set_exception(outcome)
        else:
            self.opened.set_result(outcome)


async def test_first_calls_on_pipecat_cloud_share_one_start_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch)
    calls = [asyncio.create_task(stage.agent.take(CALL)) for _ in range(3)]
    await stage.opens()
    await asyncio.gather(*calls)
    await stage.agent.take(CALL)
    assert (stage.openings, len(stage.served), stage.apologies) == (1, 4, 0)


async def test_a_cancelled_call_leaves_the_agent_s_start_up_to_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch)
    first, second = [asyncio.create_task(stage.agent.take(CALL)) for _ in range(2)]
    await eventually(lambda: stage.openings == 1)
    first.cancel()
    await stage.opens()
    await second
    assert (stage.openings, len(stage.served)) == (1, 1)


async def test_a_failed_start_up_is_retried_by_the_next_call(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    stage = Stage(monkeypatch)
    call = asyncio.create_task(stage.agent.take(CALL))
    await stage.opens(RuntimeError("no memory for the models of Meera"))
    await call
    assert stage.apologies == 1
    assert any("RuntimeError" in line for line in log)
    assert not any("Meera" in line for line in log)
    log.clear()
    assert (await stage.agent.readiness())["ready"] is False
    await stage.opens()
    await stage.agent.take(CALL)
    assert (stage.openings, len(stage.served)) == (2, 1)
    assert await stage.agent.readiness() == {"ready": True}


async def test_a_caller_is_told_when_the_agent_s_start_up_times_out(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(pipecat_cloud, "OPENING_SECS", 0.05)
    stage = Stage(monkeypatch)
    await stage.agent.take(CALL)
    assert stage.apologies == 1
    assert any("the bot isn't ready yet" in line for line in log)
    log.clear()
    await stage.opens()
    await stage.agent.take(CALL)
    assert len(stage.served) == 1


async def test_a_database_that_hangs_delays_no_call_on_pipecat_cloud(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipecat_cloud, "STORE_SECS", 0.05)
    monkeypatch.setattr(Store, "open", _hang)
    stage = Stage(monkeypatch, DATABASE_URL="postgresql://bot:pw@127.0.0.1:1/calls")
    call = asyncio.create_task(stage.agent.take(CALL))
    await stage.opens()
    await call
    assert stage.served == [None]


async def test_a_failing_database_is_logged_once_and_opened_as_soon_as_possible(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(pipecat_cloud, "STORE_SECS", 0.0)
    monkeypatch.setattr(pipecat_cloud, "STORE_PAUSES", (0.01,))
    store = Mock(spec=Store)
    failing = [StoreError("refused"), StoreError("refused"), StoreError("refused"), store]
    monkeypatch.setattr(Store, "open", AsyncMock(side_effect=failing))
    stage = Stage(monkeypatch, DATABASE_URL="postgresql://bot:pw@127.0.0.1:1/calls")
    call = asyncio.create_task(stage.agent.take(CALL))
    await stage.opens()
    await call
    await eventually(lambda: any("the store is open" in line for line in log))
    await stage.agent.take(CALL)
    assert stage.served == [None, store]
    assert [line for line in log if line.startswith("ERROR")] == [
        "ERROR no call is on record until the store opens: refused\n"
    ]
    log.clear()


async def test_a_broken_call_is_logged_with_its_error_s_type_and_no_transcript(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    stage = Stage(monkeypatch)
    call = asyncio.create_task(stage.agent.take(CALL))
    await stage.opens()
    await call
    failing = AsyncMock(side_effect=ValueError("Meera said: my PIN is 4321"))
    monkeypatch.setattr(pipecat_cloud, "serve_call", failing)
    await stage.agent.take(CALL)
    assert any("ValueError" in line for line in log)
    assert not any("4321" in line for line in log)
    log.clear()


@pytest.mark.parametrize(
    "of_a_door",
    [
        {},
        {"WS_USERNAME": "exotel"},
        {"WS_PASSWORD": "half-of-a-credential"},
        {"PUBLIC_URL": "http://bot.example.com"},
    ],
)
async def test_a_pipecat_cloud_agent_needs_no_server_settings(
    monkeypatch: pytest.MonkeyPatch, of_a_door: dict[str, str]
) -> None:
    stage = Stage(monkeypatch, **of_a_door)
    call = asyncio.create_task(stage.agent.take(CALL))
    await stage.opens()
    await call
    assert len(stage.served) == 1


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SHOW_CONVERSATION": "1"}, "SHOW_CONVERSATION"),
        ({"STT": "deepgram"}, "DEEPGRAM_API_KEY"),
        ({"LLM": "nobody"}, "nobody"),
        ({"MAX_CALLS": "none"}, "MAX_CALLS"),
    ],
)
async def test_a_pipecat_cloud_agent_needs_the_settings_that_every_bot_needs(
    monkeypatch: pytest.MonkeyPatch, log: list[str], wrong: dict[str, str], named: str
) -> None:
    stage = Stage(monkeypatch, **wrong)
    await stage.agent.take(CALL)
    readiness = await stage.agent.readiness()
    assert (stage.apologies, readiness["ready"]) == (1, False)
    assert named in str(readiness["reason"])
    assert any(named in line for line in log)
    log.clear()
