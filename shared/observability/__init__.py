"""Logs and metrics: what operators see of a process."""
