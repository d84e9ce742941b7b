"""Calls for the tests of the store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import randrange
from typing import Any

from shared.records.call_record import CallRecord
from shared.records.correlation import new_call_id
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction

SID = "c5797dcbaaeed7678c4062a4a3ed2k18"
OTHER_SID = "80bfbec2d78bbbf10fb851f4fa16k18l"
NUMBER = "+919812345678"
EXOPHONE = "+918047112233"


def ago(secs: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=secs)


def dialled(**call_record: Any) -> CallRecord:
    """A dial of this moment, unless told otherwise."""
    call = CallRecord(
        call_id=new_call_id(),
        direction=Direction.OUTBOUND,
        created_at=ago(0),
        mode=ConnectMode.VOICE_AI,
        number=NUMBER,
        exophone=EXOPHONE,
    )
    return replace(call, **call_record)


def to_somebody_else(**call_record: Any) -> CallRecord:
    """A dial to a number that nobody has dialled yet."""
    return dialled(number=f"+9197{randrange(10**8):08}", **call_record)


def came_in(**call_record: Any) -> CallRecord:
    """A call that somebody else made, on our socket."""
    call = CallRecord(
        call_id=new_call_id(),
        direction=Direction.INBOUND,
        created_at=ago(0),
        number=NUMBER,
        exophone=EXOPHONE,
        call_sid=SID,
    )
    return replace(call, **call_record)
