"""STT, LLM and TTS providers: which there are, and how they are made fit for calls."""
