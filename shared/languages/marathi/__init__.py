"""Marathi: what is known of it."""
