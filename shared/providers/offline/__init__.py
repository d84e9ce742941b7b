"""The keyless demo: offline STT, a scripted LLM and offline TTS."""
