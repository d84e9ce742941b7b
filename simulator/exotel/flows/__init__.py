"""Flows of applets."""
