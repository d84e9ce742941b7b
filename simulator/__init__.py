"""Exotel without Exotel: callers, and stand-ins for what a voice bot talks to."""
