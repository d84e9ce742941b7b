"""Calls, the keys of /start, the tokens in paths, and leases."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first four tables."""
    _make_calls()
    _make_keys()
    _make_tokens()
    _make_leases()


def _make_calls() -> None:
    op.create_table(
        "calls",
        sa.Column("call_id", sa.String(64), primary_key=True),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("mode", sa.Text),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("exophone", sa.Text, nullable=False),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("ring_secs", sa.Integer),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("call_sid", sa.Text, nullable=False),
        sa.Column("placed_at", sa.DateTime),
        sa.Column("refusal", sa.Text),
        sa.Column("doubt", sa.Text, nullable=False),
        sa.Column("ringing_at", sa.DateTime),
        sa.Column("exotel_answered_at", sa.DateTime),
        sa.Column("exotel_status", sa.Text),
        sa.Column("exotel_at", sa.DateTime),
        sa.Column("exotel_over_at", sa.DateTime),
        sa.Column("exotel_ended_at", sa.DateTime),
        sa.Column("exotel_talk_secs", sa.Integer),
        sa.Column("duration_secs", sa.Integer),
        sa.Column("price", sa.Text),
        sa.Column("recording_url", sa.Text, nullable=False),
        sa.Column("answered_by", sa.Text, nullable=False),
        sa.Column("stream_call_sid", sa.Text, nullable=False),
        sa.Column("stream_sid", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("ending", sa.Text, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("settled_as", sa.Text),
        sa.Column("settled_why", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("next_check_at", sa.DateTime),
        sa.Column("checks", sa.Integer, nullable=False),
    )
    for column in ("created_at", "call_sid", "stream_call_sid", "next_check_at"):
        op.create_index(f"calls_{column}", "calls", [column])


def _make_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("idempotency_keys_created_at", "idempotency_keys", ["created_at"])


def _make_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("call_sid", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.Column("used_at", sa.DateTime),
    )
    op.create_index("tokens_expires_at", "tokens", ["expires_at"])


def _make_leases() -> None:
    leases = op.create_table(
        "leases",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )
    long_ago = datetime(2000, 1, 1)  # noqa: DTZ001  # the column has no zone
    op.bulk_insert(leases, [{"name": "reconciler", "owner": "", "until": long_ago}])
