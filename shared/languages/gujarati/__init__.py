"""Gujarati: what is known of it."""
