"""The responses of `POST /start` and `GET /calls/{call_id}`."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi.responses import JSONResponse

from shared.records.call_events import StreamEnded
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.dial_admission import RungAlready
from shared.records.transfer_record import TransferRecord
from shared.web.responses import transfer_response


def started(call: CallRecord) -> JSONResponse:
    """The answer to `POST /start`: 200 placed, 502 rejected by Exotel, 504 nobody knows."""
    if call.refusal and call.status is Status.REJECTED:
        refusal = {
            "detail": call.refusal.message or f"Exotel answered {call.refusal.status}",
            "code": call.refusal.code,
            "hint": call.refusal.hint,
        }
        return JSONResponse({"status": "rejected", "call_id": call.call_id, **refusal}, 502)
    if not call.call_sid:
        return JSONResponse(_in_doubt(call), 504)
    return JSONResponse(
        {
            "call_sid": call.call_sid,
            "status": "call_initiated",
            "phone_number": call.number,
            "call_id": call.call_id,
        }
    )


def too_many(retry_after: float, call_id: str = "") -> JSONResponse:
    """The answer to `POST /start` when Exotel takes no more dials: 429, and nothing was dialled."""
    secs = math.ceil(retry_after)
    detail = f"Exotel takes no more dials for {secs} s; nobody was rung, so try again then"
    body = {"status": "rejected", "detail": detail, **({"call_id": call_id} if call_id else {})}
    return JSONResponse(body, 429, {"Retry-After": str(secs)})


def rung_already(rung: RungAlready, per_day: int) -> JSONResponse:
    """The answer to `POST /start` when this person isn't to be rung now: 429, nothing was dialled.

    Args:
        rung: The call that stands in the way.
        per_day: What MAX_DIALS_PER_PERSON allows.
    """
    secs = math.ceil(rung.secs)
    why = (
        f"call {rung.call_id} to this person isn't over, as far as anybody knows"
        if rung.on
        else f"MAX_DIALS_PER_PERSON={per_day}: so often was this person rung in 24 hours"
    )
    detail = f"{why}; this request rang nobody, so ask again in {secs} s"
    body = {"status": "rejected", "detail": detail, "call_id": rung.call_id}
    return JSONResponse(body, 429, {"Retry-After": str(secs)})


def described(call: CallRecord, transfer: TransferRecord | None = None) -> Mapping[str, Any]:
    """The answer to `GET /calls/{call_id}`; times are UTC in ISO 8601.

    Some are Exotel's and some our own, and two clocks never quite agree: what comes later in a call
    is never earlier here.
    """
    answered_at = _not_before(call.created_at, call.answered_at)
    ringing_at = _not_before(call.created_at, call.ringing_at)
    if answered_at and ringing_at:
        ringing_at = min(ringing_at, answered_at)
    before = (call.created_at, call.placed_at, ringing_at, answered_at)
    ended_at = _not_before(max(filter(None, before)), call.ended_at)
    return {
        "call_id": call.call_id,
        "call_sid": call.call_sid or None,
        "direction": call.direction,
        "mode": call.mode,
        "phone_number": call.number,
        "status": call.status,
        "reason": call.reason or None,
        "created_at": _iso(call.created_at),
        "placed_at": _iso(call.placed_at),
        "ringing_at": _iso(ringing_at),
        "answered_at": _iso(answered_at),
        "ended_at": _iso(ended_at),
        "talk_secs": call.talk_secs,
        "duration_secs": call.duration_secs,
        "price": None if call.price is None else str(call.price),
        "recording_url": call.recording_url or None,
        "answered_by": call.answered_by or None,
        "ending": call.ending_explained or None,
        "turns": call.turns,
        "stream": _stream(call.stream_over) if call.stream_over else None,
        "transfer": transfer_response(transfer) if transfer else None,
    }


def _stream(stream: StreamEnded) -> Mapping[str, Any]:
    return {
        "stream_sid": stream.stream_sid or None,
        "status": stream.status or None,
        "duration_secs": stream.secs,
        "disconnected_by": stream.ended_by or None,
        "error": stream.error or None,
        "recording_url": stream.recording_url or None,
    }


def _in_doubt(call: CallRecord) -> dict[str, str]:
    if call.status is Status.FAILED:
        detail = f"the call was not placed: {call.reason}"
    else:
        detail = (
            f"nobody knows yet whether the phone rings: {call.doubt or 'Exotel has not answered'}. "
            f"It is not dialled again; GET /calls/{call.call_id} tells once Exotel has told us"
        )
    return {"status": "unknown", "call_id": call.call_id, "detail": detail}


def _not_before(earlier: datetime, at: datetime | None) -> datetime | None:
    return at and max(earlier, at)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at else None
