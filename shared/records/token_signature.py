"""Tokens with a signature: ours are told from made-up ones without asking the database."""

import secrets
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest, digest

PROCESS_KEY = secrets.token_bytes(32)  # where nothing is secret that all processes know
GENUINE_SECS = 24 * 3600  # for which a signature is worth anything; clocks may be set meanwhile

_NONCE, _TIME, _SEAL = 18, 4, 20  # bytes


def key_of(*known_secrets: str) -> bytes:
    """A key that all processes with the same secrets have; one of this process if there is none."""
    if not any(known_secrets):
        return PROCESS_KEY
    return sha256("\0".join(("tokens", *known_secrets)).encode()).digest()


def signed_token(purpose: str, key: bytes) -> str:
    """144 random bits and a signature that can stand in a path."""
    body = secrets.token_bytes(_NONCE) + struct.pack(">I", int(time.time()) & 0xFFFFFFFF)
    return urlsafe_b64encode(body + _seal(body, purpose, key)).decode()


def is_genuine(token: str, purpose: str, key: bytes) -> bool:
    """Whether somebody with this key has made it for this purpose, not long ago."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii"))
    except ValueError:  # UnicodeEncodeError and binascii.Error are such
        return False
    body, seal = raw[: _NONCE + _TIME], raw[_NONCE + _TIME :]
    if len(raw) != _NONCE + _TIME + _SEAL or not compare_digest(seal, _seal(body, purpose, key)):
        return False
    made_at: int = struct.unpack(">I", body[_NONCE:])[0]
    return abs(time.time() - made_at) < GENUINE_SECS


def _seal(body: bytes, purpose: str, key: bytes) -> bytes:
    return digest(key, body + purpose.encode(), "sha256")[:_SEAL]
