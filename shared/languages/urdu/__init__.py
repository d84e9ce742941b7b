"""Urdu: what is known of it."""
