"""The request of a Passthru or a Connect applet, with Exotel's report on the stream before it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.telephony.form import Form
from shared.telephony.webhook_payloads.fields import call_sid_in

_STREAM = re.compile(r"stream(?:\[(\w+)\])?", re.IGNORECASE)
_URL = re.compile(r'"wss?://[^"]*"|\bwss?://\S+', re.IGNORECASE)
_STATUSES = {
    "completed": "completed",
    "failed": "failed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}
# By the page about Voicebot and Passthru: bot, user or NA. Another page has caller and system.
_ENDED_BY = {"bot": "bot", "user": "user", "caller": "user"}


@dataclass(frozen=True, slots=True)
class StreamReport:
    """The end of a stream; empty where Exotel's words make no sense.

    Its `StreamUrl` is left out: it holds the credentials of the applet's URL.

    Attributes:
        status: "completed", "cancelled" (the caller hung up), "failed", or "".
        secs: How long it was open.
        ended_by: "bot", "user", or "".
        error: Why it failed, such as "3009 failed to establish ws conn …" or
            "Streaming_call_throttled", without the socket's address.
    """

    stream_sid: str
    status: str
    secs: int | None
    ended_by: str
    error: str
    recording_url: str


@dataclass(frozen=True, slots=True)
class FlowRequest:
    """The request of a Passthru applet, and of a Connect applet that asks whom to dial.

    Attributes:
        told_at: By Exotel's clock, in UTC.
        stream: None if there was none.
    """

    call_sid: str
    told_at: datetime | None
    stream: StreamReport | None


def parse_passthru(fields: Mapping[str, object]) -> FlowRequest:
    """Read the query of a Passthru or a Connect applet, or the same as a form or as JSON.

    What Exotel says of the stream comes as `Stream[Status]=…`, or all of it as JSON in `Stream`.
    A part that makes no sense reads as empty: the caller must not suffer from it.

    Raises:
        MalformedWebhook: If it doesn't say which call it is about.
    """
    form = Form(fields)
    return FlowRequest(
        call_sid=call_sid_in(form),
        told_at=form.time("CurrentTime"),
        stream=_stream(fields),
    )


def _stream(fields: Mapping[str, object]) -> StreamReport | None:
    said: dict[str, object] = {}
    told = False
    for name in sorted(name for name in fields if isinstance(name, str)):
        if found := _STREAM.fullmatch(name):
            told = True
            said |= {found[1]: fields[name]} if found[1] else _object(fields[name])
    return _report(Form(said)) if told else None


def _object(value: object) -> Mapping[str, object]:
    """The object that `Stream` holds, as such or as JSON, which may be quoted once more."""
    for _ in range(2):
        try:
            value = json.loads(value) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            break
    return value if isinstance(value, Mapping) else {}


def _report(said: Form) -> StreamReport:
    errors = [said.text(name) for name in ("DetailedStatus", "Error") if said.text(name)]
    return StreamReport(
        stream_sid=said.sid("StreamSID"),
        status=_STATUSES.get(_bare(said, "Status").lower(), ""),
        secs=said.secs("Duration"),
        ended_by=_ENDED_BY.get(_bare(said, "DisconnectedBy").lower(), ""),
        error=" ".join(_URL.sub("(its URL)", ": ".join(errors)).split()),
        recording_url=said.url("RecordingUrl"),
    )


def _bare(form: Form, name: str) -> str:
    """The text without the quotes that Exotel writes around some values."""
    return form.text(name).strip('"')
