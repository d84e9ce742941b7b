"""The errors of a call's services: whose they are, and which of them are the same."""

import httpx
import pytest
from pipecat.frames.frames import ErrorFrame
from pipecat.processors.filters.identity_filter import IdentityFilter
from pipecat.services.ai_service import AIService
from pipecat.utils.errors import ErrorCategory

from shared.conversation.watchdog.service_errors import SAME_FAILURE_SECS, ServiceErrors
from shared.providers.llm_output.stream import NoAnswer
from shared.providers.selection import Services

T = 100.0


@pytest.fixture
def services() -> Services:
    return Services(stt=AIService(), llm=AIService(), tts=AIService())


@pytest.mark.parametrize("kind", ["stt", "llm", "tts"])
async def test_an_error_of_a_service_is_a_failure_of_the_stt_llm_or_tts(
    services: Services, kind: str
) -> None:
    service = services.of_kind(kind)
    failure = ServiceErrors(services).read(ErrorFrame("it failed", processor=service))
    assert failure
    assert (failure.kind, failure.service, failure.no_answer) == (kind, service, False)
    assert failure.retry_after is None
    assert failure.is_usable


async def test_an_error_of_anybody_else_or_of_a_tool_is_no_failure(services: Services) -> None:
    errors = ServiceErrors(services)
    assert not errors.read(ErrorFrame("it failed", processor=IdentityFilter()))
    of_a_tool = ErrorFrame("it failed", processor=services.llm, category=ErrorCategory.APPLICATION)
    assert not errors.read(of_a_tool)


async def test_a_provider_that_limits_its_rate_tells_when_a_retry_makes_sense(
    services: Services,
) -> None:
    request = httpx.Request("POST", "http://127.0.0.1/")
    response = httpx.Response(429, headers={"retry-after": "2"}, request=request)
    busy = httpx.HTTPStatusError("too many requests", request=request, response=response)
    error = ErrorFrame("it failed", exception=busy, processor=services.llm)
    failure = ServiceErrors(services).read(error)
    assert failure and failure.retry_after == 2.0


async def test_a_failure_may_be_reported_twice_but_a_missing_answer_is_not(
    services: Services,
) -> None:
    errors = ServiceErrors(services)
    failure = errors.read(ErrorFrame("it failed", processor=services.llm))
    other = errors.read(ErrorFrame("it failed", processor=services.tts))
    missing = errors.read(ErrorFrame("none", exception=NoAnswer(), processor=services.llm))
    assert failure and other and missing
    assert not errors.is_repeated(failure, T)
    assert not errors.is_repeated(other, T)
    assert errors.is_repeated(failure, T + SAME_FAILURE_SECS / 2)
    assert not errors.is_repeated(missing, T + SAME_FAILURE_SECS / 2)
    assert not errors.is_repeated(failure, T + SAME_FAILURE_SECS * 2)
