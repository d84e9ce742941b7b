"""Exotel's media stream: its messages, its audio, its socket."""
