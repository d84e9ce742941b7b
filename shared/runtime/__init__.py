"""One process: its capacity, and what its calls share."""
