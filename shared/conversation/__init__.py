"""How the bot listens, thinks and speaks."""
