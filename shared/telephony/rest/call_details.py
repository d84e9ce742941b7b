"""Exotel's record of a call, as its REST API gives it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shared.telephony.call_status import CallStatus, answered_by
from shared.telephony.form import Form


@dataclass(frozen=True, slots=True)
class CallDetails:
    """Exotel's record of one call.

    Its end, duration and price are settled about two minutes after the call, and None before.

    Attributes:
        status: Of the first leg, in practice: see the legs for the person's.
        from_number: Whoever was rung first, as Exotel wrote it.
        exophone: Our number in the call, as Exotel wrote it; "" when it doesn't say.
        created_at: In UTC, like the other times.
        duration_secs: From the first ring to the end.
        talk_secs: For how long both sides were connected.
        price: In the account's currency.
        answered_by: "human", "machine", "notsure", or "".
        leg_statuses: One for each leg, the leg that was dialled first first; () in lists.
        direction: "inbound", "outbound-dial" or "outbound-api".
    """

    call_sid: str
    status: CallStatus | None
    from_number: str
    to_number: str
    exophone: str
    direction: str
    created_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    duration_secs: int | None
    talk_secs: int | None
    price: Decimal | None
    recording_url: str
    answered_by: str
    leg_statuses: tuple[CallStatus | None, ...]


def read_details(call: Form) -> CallDetails | None:
    """One call of Exotel's answer; None if it isn't one. Odd values read as missing."""
    call_sid = call.sid("Sid")
    if not call_sid:
        return None
    details = call.section("Details")
    legs = [name for name in ("Leg1Status", "Leg2Status") if name in details]
    return CallDetails(
        call_sid=call_sid,
        status=CallStatus.parse(call.text("Status")),
        from_number=call.text("From"),
        to_number=call.text("To"),
        exophone=call.text("PhoneNumberSid"),
        direction=call.text("Direction").lower(),
        created_at=call.time("DateCreated"),
        started_at=call.time("StartTime"),
        ended_at=call.time("EndTime"),
        duration_secs=call.secs("Duration"),
        talk_secs=details.secs("ConversationDuration"),
        price=call.amount("Price"),
        recording_url=call.url("RecordingUrl"),
        answered_by=answered_by(call),
        leg_statuses=tuple(CallStatus.parse(details.text(name)) for name in legs),
    )
