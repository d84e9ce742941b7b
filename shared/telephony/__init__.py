"""Exotel: its media stream, its REST API, its webhooks, its numbers and its times."""
