"""A person on the phone, simulated."""
