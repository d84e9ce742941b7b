"""Exotel's side of the media stream."""
