"""The status callback: Exotel's report how a dialled call goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shared.telephony.call_status import CallStatus, answered_by
from shared.telephony.webhook_payloads.fields import call_sid_in, read_fields

EVENTS = ("terminal", "answered", "ringing")


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """One status callback.

    By default Exotel sends only the call SID, the status, the time and the recording; all the rest
    comes when events were asked for, and then only with both `From` and `To` in the dial.

    Attributes:
        event: "terminal", "answered", "ringing", or "" when Exotel doesn't say.
        leg_statuses: One for each leg, the leg that was dialled first first.
        updated_at: By Exotel's clock, in UTC; the other times too.
        talk_secs: How long both sides were connected.
        price: In the account's currency.
        answered_by: "human", "machine", "notsure", or "".
    """

    call_sid: str
    event: str
    status: CallStatus | None
    leg_statuses: tuple[CallStatus | None, ...]
    updated_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    talk_secs: int | None
    price: Decimal | None
    recording_url: str
    answered_by: str


def parse_status(fields: Mapping[str, object]) -> StatusUpdate:
    """Read a status callback, from the fields of a form or from a JSON object.

    Raises:
        MalformedWebhook: If it doesn't say which call it is about.
    """
    form = read_fields(fields)
    legs = form.sections("Legs")
    event = form.text("EventType").lower()
    return StatusUpdate(
        call_sid=call_sid_in(form),
        event=event if event in EVENTS else "",
        status=CallStatus.parse(form.text("Status")),
        leg_statuses=tuple(CallStatus.parse(leg.text("Status")) for leg in legs),
        updated_at=form.time("DateUpdated"),
        started_at=form.time("StartTime"),
        ended_at=form.time("EndTime"),
        talk_secs=form.secs("ConversationDuration"),
        price=form.amount("Price"),
        recording_url=form.url("RecordingUrl"),
        answered_by=answered_by(form, *reversed(legs)),
    )
