"""Credentials and keys, compared in constant time."""

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


def bearer_matches(header: str | None, key: str) -> bool:
    """Whether an `Authorization: Bearer` header holds this key."""
    scheme, _, given = (header or "").partition(" ")
    return scheme.lower() == "bearer" and secret_matches(given.strip(), key)


def secret_matches(given: str | None, secret: str) -> bool:
    """Whether somebody knows the secret; nobody knows an empty one."""
    return bool(secret) and compare_digest((given or "").encode(), secret.encode())
