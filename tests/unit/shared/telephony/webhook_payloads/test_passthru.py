"""Payloads of the Passthru and Connect applets: the stream's end, digits and whom to dial."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.errors import MalformedWebhook
from shared.telephony.webhook_payloads.passthru import (
    FlowRequest,
    StreamReport,
    parse_passthru,
)

WIRE = Path(__file__).parents[4] / "wire" / "webhooks"
STREAM_SID = "6f04a7c2b1d34e5f8a9b0c1d2e3f1947"
RECORDING = "https://recordings.exotel.com/exotelrecordings/sunrise1/56b1.mp3"


def fields(name: str) -> dict[str, object]:
    text = (WIRE / f"{name}.query.txt").read_text(encoding="utf-8").strip()
    return dict(parse_qsl(text, keep_blank_values=True))


def stream(**said: str) -> StreamReport:
    """What is understood of a stream that Exotel describes so."""
    report = parse_passthru({"CallSid": "a1", "Stream": json.dumps(said)}).stream
    assert report
    return report


@pytest.mark.parametrize("encoding", ["bracketed", "json"])
def test_both_encodings_of_a_passthru_say_the_same(encoding: str) -> None:
    assert parse_passthru(fields(f"passthru_{encoding}")) == FlowRequest(
        call_sid="56b1b6b2e1d94c0e9f3a7d2c4e5f191f",
        told_at=datetime(2026, 3, 1, 10, 0, tzinfo=UTC),
        stream=StreamReport(STREAM_SID, "completed", 28, "bot", "", RECORDING),
    )


def test_a_call_without_a_stream_has_none_in_its_passthru_request() -> None:
    asked = parse_passthru(fields("passthru_live"))
    assert asked.stream is None
    assert asked.told_at == datetime(2024, 9, 3, 6, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "status", "ended_by"),
    [
        ({"Status": "cancelled", "DisconnectedBy": "user"}, "cancelled", "user"),
        ({"Status": "Canceled", "DisconnectedBy": "caller"}, "cancelled", "user"),
        ({"Status": '"completed"', "DisconnectedBy": '"bot"'}, "completed", "bot"),
        ({"Status": "failed", "DisconnectedBy": "NA"}, "failed", ""),
        ({"Status": "melted", "DisconnectedBy": "system"}, "", ""),
        ({}, "", ""),
    ],
)
def test_a_passthru_tells_one_of_three_endings_of_a_stream(
    said: dict[str, str], status: str, ended_by: str
) -> None:
    report = stream(**said)
    assert (report.status, report.ended_by) == (status, ended_by)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (
            {"Error": "3009 failed to establish ws conn dial tcp: lookup your-ip: no such host"},
            "3009 failed to establish ws conn dial tcp: lookup your-ip: no such host",
        ),
        ({"DetailedStatus": "Streaming_call_throttled"}, "Streaming_call_throttled"),
        ({"DetailedStatus": "why", "Error": "more\nof it"}, "why: more of it"),
        (
            {"Error": 'parse "wss://exotel:hunter 2@bot/ws": invalid userinfo'},
            "parse (its URL): invalid userinfo",
        ),
        ({"Error": "no answer of WSS://exotel:hunter2@bot/ws?x=1"}, "no answer of (its URL)"),
    ],
)
def test_a_stream_error_in_a_passthru_is_redacted_of_its_url(
    said: dict[str, str], error: str
) -> None:
    assert stream(**said).error == error


@pytest.mark.parametrize("name", ["passthru_bracketed", "passthru_json"])
def test_credentials_in_a_passthru_s_websocket_url_are_not_read(name: str) -> None:
    given = fields(name)
    assert "hunter2" in str(given)
    assert "hunter2" not in repr(parse_passthru(given))


NOTHING = StreamReport("", "", None, "", "", "")


@pytest.mark.parametrize(
    "value", ["", "{", "[]", "7", "null", '"', "{'Status': 'completed'}", "[" * 5_000, 7, None, []]
)
def test_a_malformed_stream_in_a_passthru_spoils_nothing_else(value: object) -> None:
    said = {"CallSid": "a1", "CurrentTime": "2026-03-01 15:30:00", "Stream": value}
    asked = parse_passthru(said)
    told_at = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    assert (asked.call_sid, asked.told_at, asked.stream) == ("a1", told_at, NOTHING)


def test_a_passthru_s_stream_may_be_an_object_or_json_quoted_twice() -> None:
    said = {"StreamSID": "s1", "Status": "completed"}
    for value in (said, json.dumps(said), json.dumps(json.dumps(said))):
        report = parse_passthru({"CallSid": "a1", "Stream": value}).stream
        assert report == StreamReport("s1", "completed", None, "", "", "")


@pytest.mark.parametrize("sid", [None, "", "null", "a b", "../x", "x" * 65, [], {}])
def test_a_passthru_without_a_call_sid_is_malformed(sid: object) -> None:
    with pytest.raises(MalformedWebhook, match="CallSid"):
        parse_passthru({"CallSid": sid, "Stream[Status]": "completed"})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["CallSid", "Stream", "stream", "Stream[Status]", "Stream[Duration]", "Stream[Error]"]
    + ["Stream[]", "Stream[StreamSID]", "digits", "CurrentTime", "DialCallStatus"]
)
FIELDS = st.dictionaries(NAMES | st.text(), JSON | JSON.map(json.dumps))


@given(body=FIELDS)
def test_any_passthru_fields_with_a_call_sid_are_read_in_any_order(body: dict[str, Any]) -> None:
    asked = {**body, "CallSid": "a1"}
    assert parse_passthru(asked) == parse_passthru(dict(reversed(asked.items())))
