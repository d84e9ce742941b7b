"""The tables of the store, and how our values look in them."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from shared.records.call_events import Rejected, StreamEnded
from shared.records.call_status import Status
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction

METADATA = MetaData()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC without a zone, which every database can."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone, and store the rest as UTC."""
        if value is None:
            return None
        assert value.tzinfo, "a time without a zone"
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value else None


class Stored(TypeDecorator[Any]):
    """A value kept as text; None stays None.

    A text that makes no sense, since somebody has edited it, reads as None too: one such row must
    not keep all others from being read.
    """

    impl = Text
    cache_ok = True

    def __init__(self, load: Callable[[str], Any], dump: Callable[[Any], str] = str) -> None:
        super().__init__()
        self.load = load
        self.dump = dump

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The text."""
        return None if value is None else self.dump(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value."""
        try:
            return None if value is None else self.load(value)
        except (ValueError, KeyError, TypeError, ArithmeticError):
            return None


def _dump(event: Rejected | StreamEnded) -> str:
    return json.dumps(asdict(event), default=datetime.isoformat)


def _load_refusal(text: str) -> Rejected:
    return Rejected(**_fields(text))


def _load_stream(text: str) -> StreamEnded:
    return StreamEnded(**_fields(text))


def _fields(text: str) -> dict[str, Any]:
    fields = json.loads(text)
    return {**fields, "at": datetime.fromisoformat(fields["at"])}


# The fields of CallRecord, its status for queries, when the reconciler looks at it next, and beats.
CALLS = Table(
    "calls",
    METADATA,
    Column("call_id", String(64), primary_key=True),
    Column("direction", Stored(Direction), nullable=False),
    Column("mode", Stored(ConnectMode)),
    Column("number", Text, nullable=False),
    Column("exophone", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("ring_secs", Integer),
    Column("created_at", UtcDateTime, nullable=False),
    Column("call_sid", Text, nullable=False),
    Column("placed_at", UtcDateTime),
    Column("refusal", Stored(_load_refusal, _dump)),
    Column("doubt", Text, nullable=False),
    Column("ringing_at", UtcDateTime),
    Column("exotel_answered_at", UtcDateTime),
    Column("exotel_status", Stored(Status)),
    Column("exotel_at", UtcDateTime),
    Column("exotel_over_at", UtcDateTime),
    Column("exotel_ended_at", UtcDateTime),
    Column("exotel_talk_secs", Integer),
    Column("duration_secs", Integer),
    Column("price", Stored(Decimal)),
    Column("recording_url", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("stream_call_sid", Text, nullable=False),
    Column("stream_sid", Text, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("ending", Text, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("stream_over", Stored(_load_stream, _dump)),
    Column("settled_as", Stored(Status)),
    Column("settled_why", Text, nullable=False),
    Column("status", Stored(Status), nullable=False),
    Column("next_check_at", UtcDateTime),
    Column("checks", Integer, nullable=False),
    Column("beats", Integer),  # signs of life of the process that has it on a socket, while it has
    Index("calls_beats", "beats"),
    Index("calls_created_at", "created_at"),
    Index("calls_number", "number", "created_at"),
    Index("calls_call_sid", "call_sid"),
    Index("calls_stream_call_sid", "stream_call_sid"),
    Index("calls_next_check_at", "next_check_at"),
)

# An Idempotency-Key of /start, and the call it stands for.
KEYS = Table(
    "idempotency_keys",
    METADATA,
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("call_id", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("idempotency_keys_created_at", "created_at"),
)

# What stands in the paths of /ws/{token} and /exotel/status/{token}, hashed.
TOKENS = Table(
    "tokens",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("call_id", String(64), nullable=False),
    Column("call_sid", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("opens", Integer, nullable=False),
    Column("used_at", UtcDateTime),
    Index("tokens_expires_at", "expires_at"),
)

# Who takes a caller over, by the SID that the call has on its socket; also of calls that aren't in
# the first table.
TRANSFERS = Table(
    "handovers",
    METADATA,
    Column("call_sid", Text, primary_key=True),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("to", Stored(lambda text: tuple(json.loads(text)), json.dumps), nullable=False),
    Column("reason", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("stream_sid", Text, nullable=False),
    Index("handovers_decided_at", "decided_at"),
)

# Work that one of several processes does at a time.
LEASES = Table(
    "leases",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
