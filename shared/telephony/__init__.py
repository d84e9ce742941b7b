"""Everything this bot knows of Exotel: its messages, its audio, its handshake."""
