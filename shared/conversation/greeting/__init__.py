"""The opening of a call: who speaks first, and when."""
