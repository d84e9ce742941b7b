"""Normalization of text for the TTS: what an LLM writes is for eyes, and a caller can only hear."""
