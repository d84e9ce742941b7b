"""The tokens of this process, known without the database, and the signature of all tokens."""

import time
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from shared.records.token_signature import is_genuine, signed_token

REMEMBERED = 5_000  # tokens, the latest ones


class Purpose(StrEnum):
    """The purpose of a token."""

    SOCKET = "socket"
    STATUS = "status"


VALID = {Purpose.SOCKET: timedelta(minutes=5), Purpose.STATUS: timedelta(days=7)}


def hash_of(token: str) -> str:
    """The hash of a token, which may be written down."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Ticket:
    """A socket token that has opened a socket.

    Args:
        hash: Of the token.
        call_id: The call it was made for; "" when we didn't know which of ours it was.
        checked: The database knows it; else it bears our signature, and `use` checks the rest.
    """

    hash: str
    call_id: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class _Own:
    """A token that this process has made: for which call, and until when by the monotonic clock."""

    call_id: str
    until: float


class TokenMemory:
    """The tokens that one process has made, or that somebody came with.

    Args:
        key: Of the signatures.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._own: dict[str, _Own] = {}
        self._came: dict[str, int] = {}

    def make(self, purpose: Purpose) -> str:
        """A new token."""
        return signed_token(purpose, self._key)

    def remember(self, token: str, purpose: Purpose, call_id: str) -> None:
        """Note that a token of our own is good from now on, whatever clock is set."""
        until = time.monotonic() + VALID[purpose].total_seconds()
        self._own[hash_of(token)] = _Own(call_id, until)
        if len(self._own) > REMEMBERED:
            del self._own[next(iter(self._own))]

    def is_fresh(self, hashed: str) -> bool:
        """Whether it is one of ours whose time isn't over."""
        own = self._own.get(hashed)
        return own is not None and time.monotonic() < own.until

    def count(self, hashed: str) -> int:
        """Count an opening with a token; returns how many there have been."""
        times = self._came.pop(hashed, 0) + 1
        self._came[hashed] = times
        if len(self._came) > REMEMBERED:
            del self._came[next(iter(self._came))]
        return times

    def call_of(self, token: str, purpose: Purpose) -> str | None:
        """The id of a token's call if it bears our signature, "" when another process has made it.

        None if it doesn't, or if it is one of our own and its time is over.
        """
        hashed = hash_of(token)
        own = self._own.get(hashed)
        if not is_genuine(token, purpose, self._key) or (own and not self.is_fresh(hashed)):
            return None
        return own.call_id if own else ""
