"""The retry-after time of a provider, in a header or in words."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from shared.providers.retry_after import retry_after


def refused(status: int = 429, said: str = "", **headers: str) -> Exception:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx.Response(
        status, headers=named, request=httpx.Request("POST", "http://127.0.0.1/")
    )
    return httpx.HTTPStatusError(said or "refused", request=response.request, response=response)


class GooglesError(Exception):
    """As `google.genai` raises it, where nothing else carries the status."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code


@pytest.mark.parametrize(
    ("error", "secs"),
    [
        (refused(retry_after="2"), 2.0),
        (refused(retry_after=" 0.5 "), 0.5),
        (refused(retry_after="0"), 0.0),
        (refused(retry_after_ms="1500", retry_after="2"), 1.5),
        (refused(x_ms_retry_after_ms="300"), 0.3),
        (refused(503, retry_after="3"), 3.0),
        (refused(529), 0.0),
        (refused(), 0.0),
        (refused(retry_after="soon"), 0.0),
        (refused(retry_after="-1"), 0.0),
        (refused(retry_after="999999"), 999999.0),
        (refused(said="Rate limit reached. Please try again in 1.2s. Visit https://…"), 1.2),
        (refused(said="Please try again in 350ms."), 0.35),
        (refused(said="Please try again in 6m0.5s."), 360.5),
        (refused(said="Please retry after 7 seconds."), 7.0),
        (refused(said="Please wait 3 seconds before the next request."), 3.0),
        (refused(said="Retry your request after 2 seconds."), 2.0),
        (refused(said="Try again after 1 minute."), 60.0),
        (refused(503, said="Overloaded; try again in 2 s"), 2.0),
        (GooglesError(429, "429 RESOURCE_EXHAUSTED. {'retryDelay': '4s'}"), 4.0),
        (GooglesError(429, "Please retry in 2.5s."), 2.5),
    ],
)
def test_a_rate_limited_provider_is_retried_when_it_says(error: Exception, secs: float) -> None:
    assert retry_after(error) == pytest.approx(secs)


@pytest.mark.parametrize(("ahead", "secs"), [(30, 30.0), (-30, 0.0)])
def test_a_retry_after_date_is_a_time_from_now(ahead: int, secs: float) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
    assert retry_after(refused(retry_after=date)) == pytest.approx(secs, abs=2)


@pytest.mark.parametrize(
    "error",
    [
        None,
        RuntimeError("try again in 2s"),
        refused(400, retry_after="2"),
        refused(401),
        refused(500),
        refused(503),
        refused(
            429, "You exceeded your current quota, please check your plan and billing details."
        ),
        refused(429, "{'code': 'insufficient_quota'}"),
        GooglesError(400, "Please retry in 2.5s."),
    ],
)
def test_there_is_no_retry_where_waiting_is_no_help(error: Exception | None) -> None:
    assert retry_after(error) is None
