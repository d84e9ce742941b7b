"""The environment of Alembic: the steps, inside the transaction that the store has opened."""

from alembic import context

from shared.records.database.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite can't alter a table in place
)
context.run_migrations()
