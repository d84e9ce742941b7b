"""The body of a status callback: its fields, and their three encodings."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from simulator.exotel.callbacks.callbacks import Callbacks
from simulator.exotel.calls.calls import Call, Leg
from simulator.exotel.clock import ist, ist_or_none
from simulator.exotel.rest.connect_request import EventType


def is_wanted(call: Call, event: EventType, callbacks: Callbacks) -> bool:
    """Tell whether an event of a call is told.

    Events are no matter of flows ("does not apply when using VoiceUrl"): those tell the end only.
    """
    order = call.order
    if not order.status_callback:
        return False
    if not order.callback_events or (order.mode == "flow" and callbacks.extended != "always"):
        return event == "terminal"
    if event == "ringing" and order.mode != "voice-ai":
        return False
    return event in order.callback_events


def fields_of(call: Call, event: EventType, callbacks: Callbacks) -> dict[str, Any]:
    """Say how a call stands; four fields at most, unless more were asked for."""
    status = callbacks.spelling.get(call.status, call.status)
    fields: dict[str, Any] = {
        "CallSid": call.sid,
        "Status": status,
        "DateUpdated": ist(call.updated_at),
    }
    if call.recording_url:
        fields["RecordingUrl"] = call.recording_url
    return fields | (_extended(call, event, callbacks) if _has_more(call, callbacks) else {})


def encode(fields: Mapping[str, Any], content_type: str) -> tuple[bytes, str]:
    """Encode the fields; returns the body and its Content-Type."""
    if content_type == "application/json":
        return json.dumps(fields).encode(), content_type
    boundary = f"form-data-boundary-{uuid4().hex[:16]}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in _flattened(fields)
    ]
    body = "".join([*parts, f"--{boundary}--\r\n"])
    return body.encode(), f"multipart/form-data; boundary={boundary}"


def _has_more(call: Call, callbacks: Callbacks) -> bool:
    if callbacks.extended != "documented":
        return callbacks.extended == "always"
    return bool(call.order.callback_events) and call.order.names_both


def _extended(call: Call, event: EventType, callbacks: Callbacks) -> dict[str, Any]:
    over = event == "terminal"
    fields = {
        "EventType": event,
        "DateCreated": ist(call.created_at),
        "To": call.to_number,
        "From": call.from_number,
        "PhoneNumberSid": call.exophone,
        "StartTime": ist(call.created_at),
        "EndTime": ist_or_none(call.ended_at),
        "ConversationDuration": call.conversation_secs,
        "Direction": call.direction,
    }
    if over:  # documented: the custom field comes with the end only
        fields["CustomField"] = call.order.custom_field
    return fields | {"Legs": [_leg(leg, callbacks) for leg in call.legs]}


def _leg(leg: Leg, callbacks: Callbacks) -> dict[str, Any]:
    status = leg.status or ("in-progress" if leg.answered_at else "")
    return {
        "OnCallDuration": leg.on_call_secs,
        "Status": callbacks.leg_spelling.get(status, status),
        "AnsweredBy": leg.answered_by,
    }


def _flattened(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Write lists as `Legs[0][Status]`, and nothing as an empty field."""
    for name, value in fields.items():
        if isinstance(value, list):
            for number, item in enumerate(value):
                for key, inner in item.items():
                    yield f"{name}[{number}][{key}]", _text(inner)
        else:
            yield name, _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
