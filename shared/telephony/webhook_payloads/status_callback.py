"""What Exotel's HTTP calls to us carry: how a call goes, and which bot should answer it.

They are unsigned: whoever knows the address can send them, so nothing here is more than a claim.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shared.telephony.errors import MalformedWebhook
from shared.telephony.form import Form


class CallStatus(StrEnum):
    """Where a call, or one of its legs, stands at Exotel."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @classmethod
    def parse(cls, written: str) -> "CallStatus | None":
        """The status however it is spelt: `no-answer`, `No_Answer`, `canceled`.

        Returns:
            None for "null", for nothing, and for a status that Exotel doesn't document.
        """
        return _SPELLINGS.get(_letters(written))


def _letters(written: str) -> str:
    return re.sub(r"[^a-z]", "", written.lower())


_SPELLINGS = {_letters(status): status for status in CallStatus}
_SPELLINGS["canceled"] = CallStatus.CANCELLED  # legs are spelt so, streams with two l

EVENTS = ("terminal", "answered", "ringing")


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """What a status callback says.

    By default Exotel sends only the call SID, the status, the time and the recording; all the rest
    comes when events were asked for, and then only with both `From` and `To` in the dial.

    Attributes:
        event: "terminal", "answered", "ringing", or "" when Exotel doesn't say.
        leg_statuses: One for each leg, the leg that was dialled first first.
        updated_at: By Exotel's clock, in UTC; the other times too.
        talk_secs: How long both sides were connected.
        on_call_secs: One for each leg.
        price: In the account's currency.
        answered_by: "human", "machine", "notsure", or "".
        custom_field: What the dial was given, in terminal events only.
        from_number: As Exotel wrote it, like `to_number`.
    """

    call_sid: str
    event: str
    status: CallStatus | None
    leg_statuses: tuple[CallStatus | None, ...]
    updated_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    talk_secs: int | None
    on_call_secs: tuple[int | None, ...]
    price: Decimal | None
    recording_url: str
    answered_by: str
    custom_field: str
    from_number: str
    to_number: str


@dataclass(frozen=True, slots=True)
class VoicebotRequest:
    """Which call the dynamic URL of a Voicebot applet is asked for.

    Attributes:
        from_number: `CallFrom`: on a dialled call that is the person too, who is rung first.
        to_number: `CallTo`, the ExoPhone. `To` isn't: it can be a number of Exotel's own.
        direction: "incoming" or "outbound-dial".
        custom_field: What the dial was given; "" on calls that come in.
    """

    call_sid: str
    from_number: str
    to_number: str
    direction: str
    custom_field: str
    created_at: datetime | None


def parse_status(fields: Mapping[str, object]) -> StatusUpdate:
    """Read a status callback, from the fields of a form or from a JSON object.

    Raises:
        MalformedWebhook: If it doesn't say which call it is about.
    """
    form = _form(fields)
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
        on_call_secs=tuple(leg.secs("OnCallDuration") for leg in legs),
        price=form.amount("Price"),
        recording_url=form.url("RecordingUrl"),
        answered_by=answered_by(form, *reversed(legs)),
        custom_field=form.text("CustomField"),
        from_number=form.text("From"),
        to_number=form.text("To"),
    )


def parse_voicebot(query: Mapping[str, object]) -> VoicebotRequest:
    """Read what Exotel asks a dynamic applet URL.

    Raises:
        MalformedWebhook: If it doesn't say which call it is about.
    """
    form = _form(query)
    return VoicebotRequest(
        call_sid=call_sid_in(form),
        from_number=form.text("CallFrom"),
        to_number=form.text("CallTo"),
        direction=form.text("Direction").lower(),
        custom_field=form.text("CustomField"),
        created_at=form.time("Created"),
    )


def answered_by(*forms: Form) -> str:
    """Who picked up, by the first of the forms that knows: "human", "machine", "notsure", or ""."""
    for form in forms:
        who = _letters(form.text("AnsweredBy"))
        if who in ("human", "machine", "notsure"):  # the leg to ourselves says "NA"
            return who
    return ""


def call_sid_in(form: Form) -> str:
    """The SID of the call that it is all about.

    Raises:
        MalformedWebhook: If there is none.
    """
    sid = form.sid("CallSid")
    if not sid:
        raise MalformedWebhook("no usable 'CallSid'")
    return sid


def _form(fields: object) -> Form:
    if not isinstance(fields, Mapping):
        raise MalformedWebhook(f"a {type(fields).__name__} instead of fields")
    return Form(fields)
