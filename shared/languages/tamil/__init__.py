"""Tamil: what is known of it."""
