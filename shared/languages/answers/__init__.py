"""Answers: what kind of one the bot asks for, and whether the caller's words are a whole one."""
