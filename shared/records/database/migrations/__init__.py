"""The migrations: Alembic brings any older database to today's tables, step by step."""
