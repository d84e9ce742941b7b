"""Who may come in: credentials compared in constant time."""

import base64
import binascii
from hmac import compare_digest


def basic_auth_matches(header: str | None, username: str, password: str) -> bool:
    """Whether an `Authorization: Basic` header holds these credentials.

    Exotel takes them from the applet's URL, `wss://username:password@host/ws`, and sends them with
    the websocket's upgrade request.
    """
    scheme, _, encoded = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        given = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    return compare_digest(given, f"{username}:{password}".encode())
