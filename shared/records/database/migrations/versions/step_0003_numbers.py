"""Dials by the number of the person, to count them before the next one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

LONGEST = 128  # characters of a number; an index has its limits


def upgrade() -> None:
    """Add an index."""
    calls = sa.table("calls", sa.column("number", sa.Text))
    shortened = sa.func.substr(calls.c.number, 1, LONGEST)
    too_long = sa.func.length(calls.c.number) > LONGEST
    op.execute(calls.update().values(number=shortened).where(too_long))
    op.create_index("calls_number", "calls", ["number", "created_at"])
