"""Handovers to a person, and what Exotel tells of a stream that is over."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add a column and a table."""
    op.add_column("calls", sa.Column("stream_over", sa.Text))
    op.create_table(
        "handovers",
        sa.Column("call_sid", sa.Text, primary_key=True),
        sa.Column("decided_at", sa.DateTime, nullable=False),
        sa.Column("to", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("stream_sid", sa.Text, nullable=False),
    )
    op.create_index("handovers_decided_at", "handovers", ["decided_at"])
