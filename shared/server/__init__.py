"""The HTTP and websocket server: uvicorn, bounded in everything that a stranger can ask of it."""
