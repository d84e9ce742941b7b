"""A request to REST's Connect: the form's fields, told apart and checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.exotel.account import Account
from simulator.exotel.numbers import e164, is_number
from simulator.exotel.rest.errors import Refusal

MAX_STREAM_URL = 600  # characters; it must be shorter
MAX_CUSTOM_FIELD = 128  # characters
MAX_STREAM_NAME = 32  # characters
MAX_TIME_LIMIT = 14_400  # seconds
_FLOW_URL = re.compile(
    r"https?://my\.(?:in\.)?exotel\.(?:com|in)/(?:[^/]+/)?exoml/start(?:_voice)?/(\w+)/?"
)
_EVENTS = re.compile(r"StatusCallbackEvents(?:\[\d*\])?")

Mode = Literal["two-numbers", "flow", "voice-ai", "incoming"]
EventType = Literal["ringing", "answered", "terminal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request to connect; `person` is the number of the human it is all about, in E.164."""

    mode: Mode
    person: str
    from_number: str
    to_number: str
    caller_id: str
    stream_url: str = ""
    flow_id: str = ""
    custom_field: str = ""
    time_limit: int = MAX_TIME_LIMIT  # seconds
    time_out: float | None = None  # seconds of ringing
    records: bool = False
    status_callback: str = ""
    callback_content_type: str = "multipart/form-data"
    callback_events: frozenset[str] = frozenset()
    names_both: bool = False  # both From and To were given: callbacks have more fields


def read_order(
    pairs: Sequence[tuple[str, str]], account: Account, flows: Mapping[str, object]
) -> Order:
    """Read the fields of a form.

    Raises:
        Refusal: With 400, if Exotel would not accept them.
    """
    fields = {name: value for name, value in pairs if value}
    mode = _mode(fields)
    for name in _REQUIRED[mode]:
        if name not in fields:
            raise Refusal(400, f"The '{name}' parameter is required.")
    for name in ("From", "To", "CallerId"):
        if name in fields and not is_number(fields[name]):
            raise _invalid(name)
    if e164(fields["CallerId"]) != e164(account.exophone):
        raise _invalid("CallerId")
    _check_lengths(fields)
    _check_stream(fields)
    return Order(
        mode=mode,
        person=e164(fields["To" if mode == "two-numbers" else "From"]),
        from_number=fields["From"],
        to_number=fields.get("To", account.exophone),
        caller_id=fields["CallerId"],
        stream_url=fields.get("StreamUrl", "") if mode == "voice-ai" else "",
        flow_id=_flow_id(fields["Url"], flows) if mode == "flow" else "",
        custom_field=fields.get("CustomField", ""),
        time_limit=_seconds(fields, "TimeLimit", MAX_TIME_LIMIT) or MAX_TIME_LIMIT,
        time_out=_seconds(fields, "TimeOut", MAX_TIME_LIMIT),
        records=fields.get("Record") == "true",
        status_callback=fields.get("StatusCallback", ""),
        callback_content_type=fields.get("StatusCallbackContentType", "multipart/form-data"),
        callback_events=_events(pairs),
        names_both="From" in fields and "To" in fields,
    )


_REQUIRED: dict[Mode, tuple[str, ...]] = {
    "two-numbers": ("From", "To", "CallerId"),
    "flow": ("From", "CallerId", "Url"),
    "voice-ai": ("From", "CallerId", "StreamUrl", "StreamType"),
}


def _mode(fields: Mapping[str, str]) -> Mode:
    if "Url" in fields:
        if "StreamUrl" in fields:
            raise Refusal(400, "Only one of 'Url' and 'StreamUrl' may be given.")
        return "flow"
    # With To, StreamUrl means a one-way copy of the sound (StreamBegin): another product.
    return "voice-ai" if "StreamUrl" in fields and "To" not in fields else "two-numbers"


def _check_lengths(fields: Mapping[str, str]) -> None:
    longest = {
        "CustomField": MAX_CUSTOM_FIELD,
        "StreamName": MAX_STREAM_NAME,
        "StreamUrl": MAX_STREAM_URL - 1,
    }
    for name, characters in longest.items():
        if len(fields.get(name, "")) > characters:
            raise Refusal(400, f"The '{name}' parameter is longer than {characters} characters.")


def _check_stream(fields: Mapping[str, str]) -> None:
    if "StreamUrl" in fields and not fields["StreamUrl"].startswith(("ws://", "wss://")):
        raise Refusal(400, "The 'StreamUrl' parameter must be a ws:// or wss:// URL.")
    if fields.get("StreamType", "bidirectional") != "bidirectional":
        raise _invalid("StreamType")


def _flow_id(url: str, flows: Mapping[str, object]) -> str:
    found = _FLOW_URL.fullmatch(url)
    if not found:
        raise _invalid("Url")
    if found[1] not in flows:
        raise Refusal(400, f"The 'Url' parameter is invalid: there is no flow {found[1]}.")
    return found[1]


def _seconds(fields: Mapping[str, str], name: str, largest: int) -> int | None:
    text = fields.get(name)
    if text is None:
        return None
    if not text.isdecimal() or not 0 < int(text) <= largest:
        raise _invalid(name)
    return int(text)


def _events(pairs: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Collect the events to be told, in any of the spellings seen: `[]`, `[0]` and bare."""
    events = {value for name, value in pairs if _EVENTS.fullmatch(name)}
    return frozenset(events | {"answered", "terminal"} if "both" in events else events)


def _invalid(name: str) -> Refusal:
    return Refusal(400, f"The '{name}' parameter is invalid.")
