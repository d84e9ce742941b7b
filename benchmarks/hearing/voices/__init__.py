"""Voices of callers: the engines of this machine that can speak, and recorded words."""
