"""Kannada: what is known of it."""
