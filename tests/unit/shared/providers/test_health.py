"""A provider's state of health: logged once when it begins to fail, and once when it is back."""

import asyncio

import pytest
from loguru import logger
from pipecat.frames.frames import ErrorFrame
from pipecat.services.ai_service import AIService
from pipecat.utils.errors import ErrorCategory

from shared.observability.logs import set_up_logging
from shared.providers import health as health_module
from shared.providers.health import (
    MISSES,
    PATIENCE,
    RELAPSE_SECS,
    ProviderHealth,
    asked,
    missed,
    watch,
    worked,
)
from shared.providers.llm_output.stream import NoAnswer


class Clock:
    now = 1_000.0

    def monotonic(self) -> float:
        self.now += 1e-6
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(health_module, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def log() -> list[str]:
    """What an operator reads; here errors are what it is about."""
    lines: list[str] = []
    set_up_logging()
    logger.add(lambda message: lines.append(message.strip()), format="{message}", level="INFO")
    return lines


@pytest.fixture
def health(clock: Clock) -> ProviderHealth:
    return ProviderHealth("tts", "TTS", "cartesia", key="CARTESIA_API_KEY")


def service(health: ProviderHealth) -> AIService:
    """A service of a new call's."""
    made = AIService()
    made._register_event_handler("on_connected")
    watch(made, health)
    return made


async def fail(
    service: AIService,
    words: str = "status 503",
    exception: Exception | None = None,
    category: ErrorCategory | None = None,
) -> None:
    await service._call_event_handler(
        "on_error", ErrorFrame(words, exception=exception, category=category)
    )


async def test_a_provider_s_failures_are_one_log_line_and_its_recovery_another(
    health: ProviderHealth, clock: Clock, log: list[str]
) -> None:
    for _ in range(8):
        call = service(health)
        for _ in range(13):
            await fail(call)
            clock.now += 1
    assert log == ["TTS=cartesia fails: HTTP 503"]
    assert health.failing
    clock.now += 100
    for _ in range(5):
        worked(service(health))
    assert log[1:] == ["TTS=cartesia works again, after 204 s"]
    assert not health.failing


async def test_refused_credentials_are_logged_though_the_provider_failed_before(
    health: ProviderHealth, log: list[str]
) -> None:
    for words in ("status 503", "status 401", "status 401", "status 500"):
        await fail(service(health), words)
    assert [line.partition(": ")[2] for line in log] == [
        "HTTP 503",
        "CARTESIA_API_KEY was refused (401): set a key that is valid and may do this, "
        "and start again",
    ]


async def test_a_connection_from_before_is_no_sign_that_the_provider_is_back(
    health: ProviderHealth, clock: Clock
) -> None:
    """A connection that is open goes on after its key has been withdrawn."""
    before = service(health)
    clock.now += 60
    await fail(service(health), "status 401")
    clock.now += 60
    worked(before)
    assert health.failing
    asked(before)  # it makes a new request
    worked(before)
    assert not health.failing


async def test_a_call_whose_provider_failed_can_tell_that_it_is_back(
    health: ProviderHealth, clock: Clock
) -> None:
    call = service(health)
    clock.now += 5
    await fail(call)
    clock.now += 5
    worked(call)
    assert not health.failing


async def test_a_provider_that_failed_to_connect_is_back_with_a_connection(
    health: ProviderHealth, clock: Clock
) -> None:
    """A fallback in reserve is connected, and asked for nothing."""
    await fail(service(health))
    clock.now += 5
    await service(health)._call_event_handler("on_connected")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not health.failing


async def test_a_provider_that_failed_when_asked_is_not_back_with_a_connection(
    health: ProviderHealth, clock: Clock
) -> None:
    for _ in range(2):
        call = service(health)
        await call._call_event_handler("on_connected")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await fail(call, "status_code: 400")
        clock.now += 5
    assert health.failing


async def test_an_intermittent_provider_failure_is_logged_once(
    health: ProviderHealth, clock: Clock, log: list[str]
) -> None:
    call = service(health)
    for _ in range(30):  # each answer begins, and breaks off
        worked(call)
        clock.now += 1
        await fail(call)
        clock.now += 1
    assert log == ["TTS=cartesia fails: HTTP 503"]
    worked(call)
    clock.now += PATIENCE
    assert not health.failing
    assert len(log) == 2


async def test_each_relapse_of_a_provider_prolongs_its_probation(
    health: ProviderHealth, clock: Clock, log: list[str]
) -> None:
    for _ in range(40):  # works for five seconds, fails for five
        await fail(service(health))
        clock.now += 5
        worked(service(health))
        clock.now += 5
    assert len(log) < 8
    clock.now += 2 * RELAPSE_SECS
    worked(service(health))
    clock.now += 300
    assert not health.failing


@pytest.mark.parametrize("kind", MISSES)
async def test_several_answer_timeouts_are_a_provider_failure(kind: str, clock: Clock) -> None:
    health = ProviderHealth(kind, kind.upper(), "somebody")
    call = service(health)
    for _ in range(MISSES[kind] - 1):
        missed(call)
    worked(call)
    for _ in range(MISSES[kind]):
        assert not health.failing
        missed(service(health))
    assert health.failing


@pytest.mark.parametrize(
    ("words", "exception", "category"),
    [
        ("the LLM's answer is none", NoAnswer("empty"), None),
        ("a tool failed", ValueError("it"), ErrorCategory.APPLICATION),
        ("completed with no audio", None, None),
        ("Error closing websocket: it is closed", None, None),
    ],
)
async def test_errors_that_are_no_fault_of_the_provider_are_no_failure(
    health: ProviderHealth,
    words: str,
    exception: Exception | None,
    category: ErrorCategory | None,
) -> None:
    await fail(service(health), words, exception, category)
    assert not health.failing


async def test_the_log_of_a_provider_failure_names_the_fallback(
    clock: Clock, log: list[str]
) -> None:
    health = ProviderHealth("tts", "TTS", "cartesia", fallback="TTS_FALLBACK=espeak")
    await fail(service(health))
    assert log == ["TTS=cartesia fails: HTTP 503; TTS_FALLBACK=espeak takes over"]


async def test_a_service_of_no_provider_has_no_health(clock: Clock) -> None:
    stranger = AIService()
    worked(stranger)
    asked(stranger)
    missed(stranger)
