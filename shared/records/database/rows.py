"""A call as a row of its table, and back."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from shared.records.call_record import KnownCall

FIELDS = tuple(field.name for field in fields(KnownCall))


def to_row(call: KnownCall) -> dict[str, Any]:
    """Every field, and the status that queries ask for."""
    return {**{name: getattr(call, name) for name in FIELDS}, "status": call.status}


def to_call(row: Row[Any]) -> KnownCall:
    """The call in a row of the calls table."""
    return KnownCall(**{name: row._mapping[name] for name in FIELDS})
