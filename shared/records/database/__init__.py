"""The database behind the call records."""
