"""Bengali: what is known of it."""
