"""What a bot is written with: who it is, what it may do, and how it takes turns."""
