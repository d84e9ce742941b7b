"""One call on our socket, from its first message to its end."""
