"""Text as a voice should say it: what an LLM writes is for eyes, and a caller can only hear."""
