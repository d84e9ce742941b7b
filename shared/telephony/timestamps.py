"""Exotel's timestamps: Indian time, without an offset."""

import re
from datetime import UTC, datetime, timedelta, timezone

IST = timezone(timedelta(hours=5, minutes=30), "IST")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_NUMERIC = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?) ?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_WRITTEN = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}}) (\d\d:\d\d:\d\d)", re.ASCII
)


def parse_ist(text: str) -> datetime | None:
    """The moment in UTC, from `2025-01-15 18:14:07` or `Tue, 25 Aug 2026 12:07:08`.

    A zone is respected should Exotel ever write one.

    Returns:
        None for anything else, and for Exotel's way of saying "not yet": the epoch, which is
        `1970-01-01 05:30:00` in India.
    """
    text = text.strip()
    if found := _NUMERIC.fullmatch(text):
        iso = f"{found[1]}T{found[2]}{found[3] or ''}"
    elif found := _WRITTEN.fullmatch(text):
        day, month, year, clock = found.groups()
        iso = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}T{clock}"
    else:
        return None
    try:
        moment = datetime.fromisoformat(iso)
        in_utc = (moment if moment.tzinfo else moment.replace(tzinfo=IST)).astimezone(UTC)
    except (ValueError, OverflowError):  # 2025-02-30, 0000-00-00, or midnight of the year 1
        return None
    return in_utc if in_utc > EPOCH else None


def format_ist(moment: datetime) -> str:
    """An aware datetime as Exotel's filters want it: `2025-01-15 18:14:07`."""
    return moment.astimezone(IST).strftime("%Y-%m-%d %H:%M:%S")
