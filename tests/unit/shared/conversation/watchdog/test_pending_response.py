"""The wait for one response: its deadlines, and the pauses before a provider is asked again."""

from math import inf

import pytest

from shared.bot.turn_settings import FILLER_SECS
from shared.conversation.watchdog.pending_response import (
    ANSWER_SECS,
    AUDIBLE_SECS,
    FALLBACK_SECS,
    RETRY_SECS,
    FailedAttempt,
    PendingResponse,
)
from shared.conversation.watchdog.stages import Stage

T = 100.0  # when something is asked


def asked() -> PendingResponse:
    return PendingResponse(asked_at=T, begun_at=T)


def test_a_retry_waits_as_asked_if_the_caller_can_wait_as_long() -> None:
    response = asked()
    response.retry(however_late=False)
    assert response.retry_pause(T, 2.0, -inf) == 2.0
    latest = FILLER_SECS + AUDIBLE_SECS + FILLER_SECS - ANSWER_SECS
    assert response.retry_pause(T, latest, -inf) == latest
    assert response.retry_pause(T, latest + 0.1, -inf) is None
    assert response.retry_pause(T + 2.5, 2.0, -inf) == 2.0
    response.filler_is_said(T + FILLER_SECS)
    sound_until = T + FILLER_SECS + 1.5
    assert response.retry_pause(T + 4.5, 2.0, sound_until) == 2.0
    assert response.retry_pause(T + 4.5, 2.1, sound_until) is None


def test_retries_become_rarer_where_no_retry_after_is_given() -> None:
    response = asked()
    pauses = []
    for _ in range(3):
        response.retry(however_late=False)
        pauses.append(response.retry_pause(T, 0.0, -inf))
    assert pauses == pytest.approx([0.3, 0.6, 1.2])


@pytest.mark.parametrize(
    ("failed", "pause"),
    [
        (FailedAttempt(), RETRY_SECS),
        (FailedAttempt(has_fallback=True), 0.0),
        (FailedAttempt(no_answer=True), 0.0),
        (FailedAttempt(retry_after=2.0), 2.0),
        (FailedAttempt(retry_after=2.0, has_fallback=True), 0.0),
        (FailedAttempt(retry_after=60.0), None),
    ],
)
def test_the_pause_before_a_retry_is_as_short_as_it_can_be(
    failed: FailedAttempt, pause: float | None
) -> None:
    assert asked().next_attempt(T, failed, -inf) == pause


def test_only_a_provider_that_is_too_busy_gets_a_second_retry() -> None:
    response = asked()
    response.next_attempt(T, FailedAttempt(), -inf)
    assert response.next_attempt(T, FailedAttempt(), -inf) is None
    assert response.next_attempt(T, FailedAttempt(retry_after=2.0), -inf) == 2.0


@pytest.mark.parametrize("stage", Stage)
def test_a_fallback_by_time_is_for_the_llm_and_the_tts_alone(stage: Stage) -> None:
    at = T + FALLBACK_SECS if stage in (Stage.LLM, Stage.TTS) else inf
    assert asked().fallback_at(stage, -inf) == at


def test_a_follow_up_to_a_tool_has_its_own_time_for_a_fallback() -> None:
    response = asked().follow_up(T + 10)
    assert response.fallback_at(Stage.LLM, -inf) == T + 10 + FALLBACK_SECS
    assert response.late_at(-inf) == T + FILLER_SECS
