"""The wait that a provider asks for in a refusal, in a header or in words."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from shared.providers.error_details import status_of, words_of

LIMITED = {429, 529}  # 529 is Anthropic's
BUSY = {408, 425, 503} | LIMITED  # which may say when it is better
NEVER = re.compile(r"insufficient_quota|billing|payment|credit|per day|daily", re.IGNORECASE)
# "Please try again in 1.2s" (OpenAI, Groq), "try again in 6m0s", "Please retry after 2 seconds"
# (Azure), "retryDelay: 20s" (Google).
_IN_WORDS = re.compile(
    r"(?:(?:re)?try(?:ing)? (?:again |(?:your|the|this) request )?(?:in|after)"
    r"|retry_?(?:delay|after)|wait(?: for)?(?: at least)?)[\"': ]*(?=[0-9])"
    r"(?:(?P<minutes>\d+) ?m(?:in\w*)?(?![a-z]) ?)?"
    r"(?:(?P<number>\d+(?:\.\d+)?) ?(?P<unit>ms|milli|s))?",
    re.IGNORECASE,
)


def retry_after(error: BaseException | None) -> float | None:
    """Seconds after which a provider that is too busy can be asked again.

    Returns:
        Seconds, 0 if it doesn't say; None if waiting is no help.
    """
    if error is None or status_of(error) not in BUSY or NEVER.search(said := words_of(error)):
        return None
    headers = getattr(getattr(error, "response", None), "headers", None)
    told = _in_headers(headers) if isinstance(headers, Mapping) else None
    if told is None:
        told = _in_words(said)
    return 0.0 if told is None and status_of(error) in LIMITED else told


def _in_headers(headers: Mapping[str, Any]) -> float | None:
    for name, per_second in (("retry-after-ms", 1000), ("x-ms-retry-after-ms", 1000)):
        if (number := _number(headers.get(name, ""))) is not None:
            return number / per_second
    written = str(headers.get("retry-after", "")).strip()
    if (number := _number(written)) is not None:
        return number
    try:
        date = parsedate_to_datetime(written)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())


def _number(written: str) -> float | None:
    found = re.fullmatch(r"\d+(?:\.\d+)?", written.strip())
    return float(written) if found else None


def _in_words(said: str) -> float | None:
    found = _IN_WORDS.search(said)
    if not found or not (found["minutes"] or found["number"]):
        return None
    thousandths = (found["unit"] or "").lower().startswith("m")
    secs = float(found["number"] or 0) / (1000 if thousandths else 1)
    return secs + 60 * int(found["minutes"] or 0)
