"""English: what is known of it."""
