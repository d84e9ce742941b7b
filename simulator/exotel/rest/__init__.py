"""Exotel's REST API, with its faults."""
