"""Exotel's timestamps: Indian time without a zone, read as UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.timestamps import format_ist, parse_ist


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-01-15 18:14:07", datetime(2025, 1, 15, 12, 44, 7, tzinfo=UTC)),
        (" 2025-01-15 05:29:59 ", datetime(2025, 1, 14, 23, 59, 59, tzinfo=UTC)),
        ("Tue, 25 Aug 2026 12:07:08", datetime(2026, 8, 25, 6, 37, 8, tzinfo=UTC)),
        ("5 Aug 2026 12:07:08", datetime(2026, 8, 5, 6, 37, 8, tzinfo=UTC)),
        ("2025-01-15T18:14:07Z", datetime(2025, 1, 15, 18, 14, 7, tzinfo=UTC)),
        ("2025-01-15T18:14:07+05:30", datetime(2025, 1, 15, 12, 44, 7, tzinfo=UTC)),
        ("1970-01-01 05:30:01", datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_a_timestamp_without_a_zone_is_indian_time(written: str, moment: datetime) -> None:
    assert parse_ist(written) == moment


def test_a_timestamp_is_converted_to_utc() -> None:
    moment = parse_ist("2025-01-15 18:14:07")
    assert moment and moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "null",
        "yesterday",
        "2025-01-15",
        "18:14:07",
        "1970-01-01 05:30:00",
        "1970-01-01 00:00:00",
        "0000-00-00 00:00:00",
        "0001-01-01 00:00:00",
        "2025-02-30 10:00:00",
        "2025-01-15 25:00:00",
        "2025-01-15 18:14:07+99:99",
        "Tue, 32 Aug 2026 12:07:08",
        "Tue, 25 Ago 2026 12:07:08",
        "٢٠٢٥-01-15 18:14:07",
    ],
)
def test_a_timestamp_that_is_not_set_yet_is_none(written: str) -> None:
    assert parse_ist(written) is None


@given(st.text())
def test_any_text_is_a_timestamp_or_none(text: str) -> None:
    moment = parse_ist(text)
    assert moment is None or moment.tzinfo is UTC


@given(
    st.datetimes(
        min_value=datetime(1971, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
        max_value=datetime(9999, 1, 1),  # noqa: DTZ001
        timezones=st.just(timezone(timedelta(hours=-8))),
    )
)
def test_a_timestamp_in_a_request_is_written_as_exotel_would(moment: datetime) -> None:
    assert parse_ist(format_ist(moment)) == moment.replace(microsecond=0)
