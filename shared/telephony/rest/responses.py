"""Exotel's REST answers: a placed call, a refusal, or one that nobody can rely on."""

import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from shared.telephony.call_status import CallStatus
from shared.telephony.errors import CallRejected, OutcomeUnknown, RateLimited
from shared.telephony.form import Form
from shared.telephony.rest.refusal_hints import hint
from shared.telephony.rest.xml_responses import is_known, read_xml

MAX_MESSAGE = 200  # characters of Exotel's words in ours
SEARCHED = 4_000  # characters at the beginning of a body that isn't JSON
TIMEOUT = 408  # of some gateway; as little certain as 504
RETRY_AFTER = 30.0  # seconds, when Exotel doesn't say
LONGEST_RETRY_AFTER = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, read to its end or to our limit."""

    status: int
    body: str
    retry_after: str = ""  # the header, as it came


@dataclass(frozen=True, slots=True)
class PlacedCall:
    """Exotel took the dial: it has found a route for the first leg, and not yet rung.

    Attributes:
        status: `in-progress` as a rule, though nobody has answered yet.
    """

    call_sid: str
    status: CallStatus | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """Exotel's message and code of an error; both can be ""."""

    message: str
    code: str


def read_placed(answer: Answer) -> PlacedCall:
    """The call that a successful answer promises.

    Raises:
        RateLimited: For a 429.
        CallRejected: For any other 4xx.
        OutcomeUnknown: For everything else that names no call.
    """
    if 400 <= answer.status < 500 and answer.status != TIMEOUT:
        raise _rejection(answer)
    form = read_object(answer.body)
    if not 200 <= answer.status < 300 or (form and "RestException" in form):
        raise OutcomeUnknown(describe(answer))
    call = form.section("Call") if form else Form({})
    call_sid = call.sid("Sid")
    if not call_sid:
        raise OutcomeUnknown(f"Exotel answered {answer.status} without naming a call")
    return PlacedCall(call_sid, CallStatus.parse(call.text("Status")))


def describe(answer: Answer) -> str:
    """An answer that is of no use, in one line without phone numbers."""
    complaint = read_complaint(answer.body)
    code = f" (code {complaint.code})" if complaint.code else ""
    words = re.sub(r"\+?\d[\d ()-]{5,}\d", "<number>", complaint.message)
    return f"Exotel answered {answer.status}{code}" + (f": {words}" if words else "")


def read_object(body: str) -> Form | None:
    """The JSON object in a body, or what XML of Exotel's says instead; None if there is none."""
    try:
        raw = json.loads(body.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raw = read_xml(body)
    return Form(_unwrapped(raw)) if isinstance(raw, dict) else None


def _unwrapped(raw: dict[str, object]) -> dict[str, object]:
    """The object, or what is in the one that wraps it, as XML always does and JSON could."""
    inner = [each for each in raw.values() if isinstance(each, dict)]
    if len(inner) == 1 and not is_known(raw) and is_known(inner[0]):
        return inner[0]
    return raw


def read_complaint(body: str) -> Complaint:
    """Exotel's message and code, from JSON, XML, or as much of HTML as makes sense.

    What stands in front of Exotel answers HTML, and gateways answer JSON and XML of their own.
    """
    form = read_object(body)
    if form is not None:
        section = form.section("RestException") if "RestException" in form else form
        return Complaint(_clean(section.text("Message")), _clean(section.text("Code")))
    body = body[:SEARCHED]
    message = _element(body, "Message") or _element(body, "title")
    return Complaint(_clean(message or _without_tags(body)), _clean(_element(body, "Code")))


def _element(markup: str, name: str) -> str:
    found = re.search(rf"<{name}>([^<]*)</{name}>", markup, re.IGNORECASE)
    return html.unescape(found[1]) if found else ""


def _without_tags(markup: str) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.IGNORECASE | re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def _clean(text: str) -> str:
    """One line, of limited length, without what is secret in our URLs: names and paths."""
    text = re.sub(r"\b(\w+://)(?:[^\s/]*@)?([^\s/?#\"'<>]+)[^\s\"'<>]*", r"\1\2/...", text)
    text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())[:MAX_MESSAGE]


def _rejection(answer: Answer) -> CallRejected:
    complaint = read_complaint(answer.body)
    advice = hint(answer.status, complaint.message)
    told = (answer.status, complaint.message, complaint.code, advice)
    if answer.status == 429:
        return RateLimited(*told, retry_after=_retry_after(answer.retry_after))
    return CallRejected(*told)


def _retry_after(header: str) -> float:
    """Seconds from now, from a number of seconds or an HTTP date."""
    header = header.strip()
    if re.fullmatch(r"[0-9]{1,9}", header):
        secs = float(header)
    else:
        try:
            when = parsedate_to_datetime(header)
        except (ValueError, OverflowError):  # no date, or one far beyond the calendar
            return RETRY_AFTER
        secs = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(secs, 1.0), LONGEST_RETRY_AFTER)
