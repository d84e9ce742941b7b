"""Prompts as audio: made beforehand, played, and followed until they have been heard."""
