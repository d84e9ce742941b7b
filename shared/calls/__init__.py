"""The calls of this process: what is known of each, and how many there may be."""
