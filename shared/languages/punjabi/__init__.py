"""Punjabi: what is known of it."""
