"""An LLM's output besides words for the caller: reasoning, and tool calls in any form."""
