"""Signs of life of calls on a socket."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

CALLS = sa.table(
    "calls",
    *(sa.column(name) for name in ("beats", "mode", "opened_at", "closed_at", "status")),
)


def upgrade() -> None:
    """Add a column with its index, and let calls without an end that nobody looks after be found.

    Those are the calls that came in: what became of dialled ones is asked of Exotel.
    """
    op.add_column("calls", sa.Column("beats", sa.Integer))
    op.create_index("calls_beats", "calls", ["beats"])
    op.execute(
        CALLS.update()
        .values(beats=0)
        .where(
            CALLS.c.mode.is_(None),
            CALLS.c.opened_at.is_not(None),
            CALLS.c.closed_at.is_(None),
            CALLS.c.status == "answered",
        )
    )
