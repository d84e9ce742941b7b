"""Telugu: what is known of it."""
