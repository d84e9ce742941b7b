"""The codec of Exotel's messages: parses those that come, writes those that go.

Exotel's documents, samples and live streams disagree on types, spellings and optional fields, so
`parse` is strict only about what a call can't do without (the two SIDs, the audio, the digit) and
lenient about all the rest: numbers may be text, keys may be snake_case or camelCase, frames may be
text or binary, unknown events and extra keys are fine.
"""

import json
from base64 import b64decode, b64encode
from typing import Any

from shared.telephony.errors import MalformedMessage, MalformedStart, UnsupportedEncoding
from shared.telephony.identifiers import is_identifier
from shared.telephony.stream.audio import is_pcm16
from shared.telephony.stream.json_fields import (
    encodings,
    get,
    number,
    parameters,
    sample_rate,
    section,
    text,
)
from shared.telephony.stream.messages import (
    MAX_MESSAGE_SIZE,
    Clear,
    Connected,
    Dtmf,
    Mark,
    Media,
    Message,
    Start,
    Stop,
    Unknown,
)

KEYS = frozenset("0123456789*#")

_FROM_URL = str.maketrans("-_", "+/")


def parse(data: str | bytes) -> Message:
    """Read one websocket message.

    Raises:
        MalformedStart: For a `start` that no call can begin with.
        MalformedMessage: For anything else but a message of the protocol, whatever it is.
    """
    if len(data) > MAX_MESSAGE_SIZE:
        raise MalformedMessage(f"{len(data)} bytes are too many")
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedMessage("not JSON") from error
    if not isinstance(raw, dict):
        raise MalformedMessage(f"a JSON {type(raw).__name__} instead of an object")
    event = raw.get("event")
    if not isinstance(event, str):
        raise MalformedMessage("no 'event'")
    match event:
        case "media":
            return _media(raw)
        case "start":
            return _start(raw)
        case "connected":
            return Connected()
        case "dtmf":
            return _dtmf(raw)
        case "mark":
            name = text(section(raw, "mark"), "name")
            return Mark(name, text(raw, "stream_sid"), number(raw, "sequence_number"))
        case "clear":
            return Clear(text(raw, "stream_sid"))
        case "stop" | "closed":  # one of Exotel's own samples calls it `closed`
            return _stop(raw)
        case _:
            return Unknown(event, number(raw, "sequence_number"))


def dump(message: Message) -> str:
    """Write one message as compact JSON, with the fields that Exotel documents."""
    match message:
        case Connected():
            raw: dict[str, Any] = {"event": "connected"}
        case Start():
            raw = _envelope("start", message.stream_sid, message.sequence_number)
            raw["start"] = _dump_start(message)
        case Media(audio=audio):
            raw = _envelope("media", message.stream_sid, message.sequence_number)
            counters = {"chunk": message.chunk, "timestamp": message.timestamp_ms}
            raw["media"] = {name: str(n) for name, n in counters.items() if n is not None}
            raw["media"]["payload"] = b64encode(audio).decode("ascii")
        case Dtmf(digit=digit):
            raw = _envelope("dtmf", message.stream_sid, message.sequence_number)
            raw["dtmf"] = {"digit": digit}
            if message.duration_ms is not None:
                raw["dtmf"]["duration"] = str(message.duration_ms)
        case Mark(name=name):
            raw = _envelope("mark", message.stream_sid, message.sequence_number)
            raw["mark"] = {"name": name}
        case Clear():
            raw = _envelope("clear", message.stream_sid, None)
        case Stop():
            raw = _envelope("stop", message.stream_sid, message.sequence_number)
            fields = ("call_sid", "account_sid", "reason")
            raw["stop"] = {name: getattr(message, name) for name in fields}
        case Unknown(event=event):
            raw = _envelope(event, "", message.sequence_number)
    return json.dumps(raw, separators=(",", ":"))


def _envelope(event: str, stream_sid: str, sequence_number: int | None) -> dict[str, Any]:
    raw: dict[str, Any] = {"event": event}
    if sequence_number is not None:
        raw["sequence_number"] = str(sequence_number)
    if stream_sid:
        raw["stream_sid"] = stream_sid
    return raw


def _dump_start(start: Start) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "stream_sid": start.stream_sid,
        "call_sid": start.call_sid,
        "account_sid": start.account_sid,
        "from": start.from_number,
        "to": start.to_number,
    }
    if start.leg_sid:
        raw["leg_sid"] = start.leg_sid
    if start.custom_parameters:
        raw["custom_parameters"] = dict(start.custom_parameters)
    if start.sample_rate is not None:
        raw["media_format"] = {"encoding": "base64", "sample_rate": str(start.sample_rate)}
    return raw


def _start(raw: dict[str, Any]) -> Start:
    body = raw.get("start")
    if not isinstance(body, dict):
        raise MalformedStart("'start' is not an object")
    media_format = get(body, "media_format")
    for said in encodings(media_format):
        if not is_pcm16(said):
            raise UnsupportedEncoding(said)
    return Start(
        stream_sid=_sid(raw, body, "stream_sid"),
        call_sid=_sid(raw, body, "call_sid"),
        account_sid=text(body, "account_sid"),
        from_number=text(body, "from"),
        to_number=text(body, "to"),
        custom_parameters=parameters(get(body, "custom_parameters")),
        sample_rate=sample_rate(media_format),
        leg_sid=text(body, "leg_sid"),
        sequence_number=number(raw, "sequence_number"),
    )


def _sid(raw: dict[str, Any], body: dict[str, Any], name: str) -> str:
    """An identifier that is safe to log and to send back."""
    sid = text(body, name) or text(raw, name)
    if not is_identifier(sid):
        raise MalformedStart(f"'start' without a usable {name!r}")
    return sid


def _media(raw: dict[str, Any]) -> Media:
    body = section(raw, "media")
    payload = body.get("payload")
    if not isinstance(payload, str):
        raise MalformedMessage("'media' without 'payload'")
    return Media(
        audio=_decode(payload),
        stream_sid=text(raw, "stream_sid"),
        chunk=number(body, "chunk"),
        timestamp_ms=number(body, "timestamp"),
        sequence_number=number(raw, "sequence_number"),
    )


def _decode(payload: str) -> bytes:
    """The bytes of base64, also without its padding, in lines, or in the alphabet for URLs."""
    try:
        return b64decode(payload, validate=True)
    except ValueError:
        bare = "".join(payload.split()).rstrip("=").translate(_FROM_URL)
    try:
        return b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except ValueError as error:
        raise MalformedMessage("'payload' is not base64") from error


def _dtmf(raw: dict[str, Any]) -> Dtmf:
    nested = raw.get("dtmf")
    body = nested if isinstance(nested, dict) else raw  # one page shows a flat {"digit": "5"}
    digit = text(body, "digit")
    if digit not in KEYS:
        raise MalformedMessage("'dtmf' without a key")
    return Dtmf(
        digit, number(body, "duration"), text(raw, "stream_sid"), number(raw, "sequence_number")
    )


def _stop(raw: dict[str, Any]) -> Stop:
    nested = raw.get("stop")
    body = nested if isinstance(nested, dict) else {}
    return Stop(
        reason=text(body, "reason"),
        call_sid=text(body, "call_sid"),
        account_sid=text(body, "account_sid"),
        stream_sid=text(raw, "stream_sid"),
        sequence_number=number(raw, "sequence_number"),
    )
