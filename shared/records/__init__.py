"""The records of calls, in one database for all processes."""
