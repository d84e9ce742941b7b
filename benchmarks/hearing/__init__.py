"""How well a bot listens: recordings on telephone lines, and what it made of each."""
