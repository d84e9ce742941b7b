"""Payloads of status callbacks and of the dynamic Voicebot URL, as JSON and as a form."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.call_status import CallStatus
from shared.telephony.errors import MalformedWebhook
from shared.telephony.webhook_payloads.status_callback import StatusUpdate, parse_status
from shared.telephony.webhook_payloads.voicebot import VoicebotRequest, parse_voicebot

WIRE = Path(__file__).parents[4] / "wire" / "webhooks"
BOUNDARY = "form-data-boundary-lebu8d9e3h8xzvhf"


def fields(name: str) -> dict[str, object]:
    """The fields of a file as a web framework hands them on."""
    body = (WIRE / name).read_bytes()
    if name.endswith(".json"):
        read: dict[str, object] = json.loads(body)
        return read
    if name.endswith(".query.txt"):
        return dict(parse_qsl(body.decode().strip(), keep_blank_values=True))
    head = f'Content-Type: multipart/form-data; boundary="{BOUNDARY}"\r\n\r\n'.encode()
    parts = BytesParser().parsebytes(head + body).get_payload()
    assert isinstance(parts, list)
    return dict(one_field(part) for part in parts if isinstance(part, Message))


def one_field(part: Message) -> tuple[str, str]:
    name = part.get_param("name", header="content-disposition")
    return str(name), str(part.get_payload()).strip()


def nothing_but(call_sid: str, **said: object) -> StatusUpdate:
    silence: dict[str, object] = {
        "event": "",
        "status": None,
        "leg_statuses": (),
        "updated_at": None,
        "started_at": None,
        "ended_at": None,
        "talk_secs": None,
        "price": None,
        "recording_url": "",
        "answered_by": "",
    }
    return StatusUpdate(call_sid=call_sid, **silence | said)  # type: ignore[arg-type]  # by name


def test_the_default_status_callback_tells_the_status_and_when() -> None:
    assert parse_status(fields("status_default.multipart.txt")) == nothing_but(
        "4c18a1d2e6f84b3aa7d05c9e2b31191f",
        status=CallStatus.COMPLETED,
        updated_at=datetime(2025, 1, 15, 12, 44, 7, tzinfo=UTC),
    )


@pytest.mark.parametrize("name", ["status_terminal.json", "status_terminal.query.txt"])
def test_the_extended_status_callback_is_the_same_as_json_and_form(name: str) -> None:
    assert parse_status(fields(name)) == nothing_but(
        "80bfbec2d78bbbf10fb851f4fa165211",
        event="terminal",
        status=CallStatus.COMPLETED,
        leg_statuses=(CallStatus.COMPLETED, CallStatus.COMPLETED),
        updated_at=datetime(2024, 1, 15, 9, 0, 45, tzinfo=UTC),
        started_at=datetime(2024, 1, 15, 8, 55, 12, tzinfo=UTC),
        ended_at=datetime(2024, 1, 15, 9, 0, 45, tzinfo=UTC),
        talk_secs=320,
        recording_url=(
            "https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/sunrise1/recording.mp3"
        ),
        answered_by="human",
    )


def test_an_answered_status_callback_tells_which_leg_picked_up() -> None:
    update = parse_status(fields("status_answered.query.txt"))
    assert (update.event, update.status) == ("answered", CallStatus.IN_PROGRESS)
    assert update.leg_statuses == (None, CallStatus.IN_PROGRESS)


def test_the_order_of_status_callback_fields_does_not_matter() -> None:
    given = fields("status_terminal.query.txt")
    assert parse_status(dict(reversed(given.items()))) == parse_status(given)


def test_the_price_in_a_status_callback_is_read_when_there_is_one() -> None:
    assert parse_status({"CallSid": "a1", "Price": "1.500"}).price == Decimal("1.5")


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("no-answer", CallStatus.NO_ANSWER),
        ("no_answer", CallStatus.NO_ANSWER),
        ("no answer", CallStatus.NO_ANSWER),
        ("noanswer", CallStatus.NO_ANSWER),
        (" No-Answer ", CallStatus.NO_ANSWER),
        ("canceled", CallStatus.CANCELLED),
        ("Cancelled", CallStatus.CANCELLED),
        ("IN-PROGRESS", CallStatus.IN_PROGRESS),
        ("in progress", CallStatus.IN_PROGRESS),
        ("in_progress", CallStatus.IN_PROGRESS),
        ("queued", CallStatus.QUEUED),
        ("Ringing", CallStatus.RINGING),
        ("completed", CallStatus.COMPLETED),
        ("BUSY", CallStatus.BUSY),
        ("failed", CallStatus.FAILED),
        ("null", None),
        ("", None),
        ("melted", None),
    ],
)
def test_the_status_in_a_callback_is_read_however_it_is_spelt(
    written: str, status: CallStatus | None
) -> None:
    assert CallStatus.parse(written) is status
    update = parse_status({"CallSid": "a1", "Status": written, "Legs": [{"Status": written}]})
    assert (update.status, update.leg_statuses) == (status, (status,))


@pytest.mark.parametrize(
    ("legs", "who"),
    [
        ([{"AnsweredBy": "NA"}, {"AnsweredBy": "Machine"}], "machine"),
        ([{"AnsweredBy": "HUMAN"}, {"AnsweredBy": "NA"}], "human"),
        ([{"AnsweredBy": "NotSure"}], "notsure"),
        ([{"AnsweredBy": "NA"}], ""),
        ([{}], ""),
        ([], ""),
    ],
)
def test_answered_by_in_a_callback_is_of_the_last_leg_that_knows(
    legs: list[object], who: str
) -> None:
    assert parse_status({"CallSid": "a1", "Legs": legs}).answered_by == who


def test_the_recording_in_a_status_callback_is_only_ever_a_web_address() -> None:
    update = parse_status({"CallSid": "a1", "RecordingUrl": "javascript:alert(1)"})
    assert update.recording_url == ""


Parser = Callable[[dict[str, object]], StatusUpdate | VoicebotRequest]
PARSERS: list[Parser] = [parse_status, parse_voicebot]


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("sid", [None, "", "null", "a b", "a\nb", "../x", "x" * 65, [], {}, True])
def test_a_webhook_without_a_call_sid_is_malformed(parse: Parser, sid: object) -> None:
    with pytest.raises(MalformedWebhook, match="CallSid"):
        parse({"CallSid": sid, "Status": "completed"})


@pytest.mark.parametrize("body", [None, [], "CallSid=a1", 7])
def test_a_webhook_without_fields_is_malformed(body: object) -> None:
    with pytest.raises(MalformedWebhook, match="instead of fields"):
        parse_status(body)  # type: ignore[arg-type]  # as JSON may come


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["CallSid", "call_sid", "callsid", "Status", "EventType", "Legs", "Legs[0][Status]", "Price"]
    + ["Legs[1][OnCallDuration]", "Legs[0]", "StartTime", "EndTime", "ConversationDuration"]
    + ["RecordingUrl", "CustomField", "AnsweredBy", "CallFrom", "CallTo", "Created", "Direction"]
)
FIELDS = st.dictionaries(NAMES | st.text(), JSON)
LEGS = st.fixed_dictionaries({"Legs": st.lists(JSON | FIELDS)})


def read(parse: Parser, body: dict[str, object]) -> object:
    try:
        return parse(body)
    except MalformedWebhook:
        return None


@pytest.mark.parametrize("parse", PARSERS)
@given(body=FIELDS)
def test_any_fields_are_a_webhook_or_our_own_error(parse: Parser, body: dict[str, object]) -> None:
    turned = dict(reversed(body.items()))
    assert read(parse, body) == read(parse, turned)


@given(body=FIELDS, legs=LEGS, sid=st.from_regex(r"[a-z0-9]{32}", fullmatch=True))
def test_a_webhook_with_a_call_is_never_refused(
    body: dict[str, object], legs: dict[str, object], sid: str
) -> None:
    assert parse_status({**body, **legs, "CallSid": sid}).call_sid == sid
    assert parse_voicebot({**body, "CallSid": sid}).call_sid == sid
