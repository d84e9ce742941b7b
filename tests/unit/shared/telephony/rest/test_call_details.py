"""Call details that Exotel's API returns: spellings, missing values and odd ones."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.call_status import CallStatus
from shared.telephony.form import Form
from shared.telephony.rest.call_details import CallDetails, read_details

WIRE = Path(__file__).parents[4] / "wire" / "rest"
DETAILS = json.loads((WIRE / "details.json").read_text(encoding="utf-8"))["Call"]


def test_the_call_details_of_a_call_that_is_over_are_read_whole() -> None:
    assert read_details(Form(DETAILS)) == CallDetails(
        call_sid="b6cfaf5f5cef3ca0fc937749ef96d245",
        status=CallStatus.COMPLETED,
        from_number="04440000319",
        to_number="09800000105",
        exophone="04440000319",
        direction="outbound-api",
        created_at=datetime(2017, 3, 3, 5, 18, 33, tzinfo=UTC),
        started_at=datetime(2017, 3, 3, 5, 18, 33, tzinfo=UTC),
        ended_at=datetime(2017, 3, 3, 5, 19, 50, tzinfo=UTC),
        duration_secs=17,
        talk_secs=8,
        price=Decimal("1.500"),
        recording_url=(
            "https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/sunrise1/recording.mp3"
        ),
        answered_by="",
        leg_statuses=(CallStatus.COMPLETED, CallStatus.COMPLETED),
    )


def test_the_call_details_of_a_call_that_goes_on_have_no_end() -> None:
    placed = json.loads((WIRE / "placed.json").read_text(encoding="utf-8"))["Call"]
    details = read_details(Form(placed))
    assert details and details.status is CallStatus.IN_PROGRESS
    assert details.started_at == datetime(2020, 2, 20, 13, 12, 19, tzinfo=UTC)
    assert (details.ended_at, details.duration_secs, details.price) == (None, None, None)
    assert (details.recording_url, details.leg_statuses) == ("", ())


def test_spelling_and_types_of_call_details_do_not_matter() -> None:
    raw = {
        "sid": "a1",
        "status": "No_Answer",
        "duration": 17,
        "price": 1.5,
        "end_time": "1970-01-01 05:30:00",
        "details": {"leg1_status": "completed", "leg2_status": "null"},
        "answered_by": "Machine",
    }
    details = read_details(Form(raw))
    assert details and details.status is CallStatus.NO_ANSWER
    assert (details.duration_secs, details.price, details.ended_at) == (17, Decimal("1.5"), None)
    assert details.leg_statuses == (CallStatus.COMPLETED, None)
    assert details.answered_by == "machine"


@pytest.mark.parametrize("sid", [None, "", "a b", "../x", [], {}])
def test_call_details_without_a_call_sid_are_none(sid: object) -> None:
    assert read_details(Form({**DETAILS, "Sid": sid})) is None


ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.fixed_dictionaries({name: ODD for name in DETAILS if name != "Sid"}))
def test_odd_values_in_call_details_are_no_reason_to_fail(odd: dict[str, object]) -> None:
    details = read_details(Form({**odd, "Sid": "a1"}))
    assert details and details.call_sid == "a1"
