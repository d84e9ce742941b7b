"""The calls: what is known of each, in the store of all processes, and the places of this one."""
