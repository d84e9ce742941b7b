"""The hearing benchmark: recordings on telephone lines, and what a bot made of each."""
