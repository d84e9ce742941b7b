"""The watchdog: no caller waits in silence for a response."""
