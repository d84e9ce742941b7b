"""What an LLM writes besides words for the caller: thoughts, and calls of tools in any form."""
