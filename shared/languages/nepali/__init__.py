"""Nepali: what is known of it."""
