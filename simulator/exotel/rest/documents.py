"""A call as REST describes it, in the same words for XML and JSON."""

from typing import Any

from simulator.exotel.calls.calls import Call
from simulator.exotel.clock import ist, ist_or_none
from simulator.exotel.numbers import e164

PRICE_PER_MINUTE = 0.5  # rupees; any number would do


def placed(call: Call, account_sid: str, suffix: str) -> dict[str, Any]:
    """Describe a call that has just been placed, with numbers as they were given."""
    uri = f"/v1/Accounts/{account_sid}/Calls/{call.sid}{suffix}"
    head = _head(call, account_sid)
    return {
        "Call": {
            **head,
            "To": call.order.to_number,
            "From": call.order.from_number,
            "PhoneNumberSid": e164(call.exophone),
            "EndTime": None,
            "Duration": None,
            "Price": None,
            "Direction": call.direction,
            "AnsweredBy": None,
            "ForwardedFrom": None,
            "CallerName": None,
            "Uri": uri,
            "RecordingUrl": None,
            "SubResourceUris": {"Legs": f"{uri}/Legs"},
        }
    }


def described(call: Call, account_sid: str, *, settled: bool, details: bool) -> dict[str, Any]:
    """Describe a call as it stands; what it cost and how long it took settles after its end."""
    answered_by = [leg.answered_by for leg in call.legs if leg.number == call.number]
    document: dict[str, Any] = {
        **_head(call, account_sid),
        "To": call.to_number,
        "From": call.from_number,
        "PhoneNumberSid": call.exophone,
        "EndTime": ist_or_none(call.ended_at) if settled else None,
        "Duration": str(call.duration) if settled else None,
        "Price": f"{_price(call):.3f}" if settled else None,
        "Direction": call.direction,
        "AnsweredBy": answered_by[0].lower() if answered_by and answered_by[0] != "NA" else None,
        "RecordingUrl": call.recording_url,
    }
    if details:
        document["Details"] = _details(call)
    return document


def _head(call: Call, account_sid: str) -> dict[str, Any]:
    return {
        "Sid": call.sid,
        "ParentCallSid": None,
        "DateCreated": ist(call.created_at),
        "DateUpdated": ist(call.updated_at),
        "AccountSid": account_sid,
        "Status": call.status,
        "StartTime": ist(call.created_at),
    }


def _details(call: Call) -> dict[str, Any]:
    statuses = [leg.status or None for leg in call.legs] + [None, None]
    return {
        "ConversationDuration": call.conversation_secs,
        "Leg1Status": statuses[0],
        "Leg2Status": statuses[1],
        "Legs": [
            {"Leg": {"Id": number, "OnCallDuration": leg.on_call_secs}}
            for number, leg in enumerate(call.legs, 1)
        ],
    }


def _price(call: Call) -> float:
    return PRICE_PER_MINUTE * -(-call.conversation_secs // 60)
