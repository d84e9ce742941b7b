"""A call as a row of its table, and back."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from shared.records.call_record import CallRecord

FIELDS = tuple(field.name for field in fields(CallRecord))


def to_row(call: CallRecord) -> dict[str, Any]:
    """Every field, and the status that queries ask for."""
    return {**{name: getattr(call, name) for name in FIELDS}, "status": call.status}


def to_call(row: Row[Any]) -> CallRecord:
    """The call in a row of the calls table."""
    return CallRecord(**{name: row._mapping[name] for name in FIELDS})
