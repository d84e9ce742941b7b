"""Hindi: what is known of it."""
