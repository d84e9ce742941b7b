"""Exotel's REST API."""
