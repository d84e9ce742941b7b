"""Malayalam: what is known of it."""
