"""Calls that ring, are answered, stream and end."""
