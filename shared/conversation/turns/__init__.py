"""Turn-taking: voice activity, interruptions, the end of a turn."""
