"""The sockets that haven't said yet which call they carry: a limit, and who must make room."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

SILENT_SECS = 0.3  # after which one must leave if another one comes; Exotel says at once who calls


@dataclass(slots=True, eq=False)
class _Handshake:
    leave: Callable[[], None]
    since: float


class PendingHandshakes:
    """The places for `most` such sockets."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[_Handshake, None] = {}

    @contextmanager
    def hold(self, leave: Callable[[], None], refuse: Callable[[], NoReturn]) -> Iterator[None]:
        """Hold room for one, if need be in the place of the one that has been silent for longest.

        Args:
            leave: Called when this one must leave.
            refuse: Called, and raises, when there is no room and all have only just come.
        """
        now = time.monotonic()
        if len(self._held) >= self._most:
            longest = next(iter(self._held))
            if now - longest.since < SILENT_SECS:
                refuse()
            del self._held[longest]
            longest.leave()
        mine = _Handshake(leave, now)
        self._held[mine] = None
        try:
            yield
        finally:
            self._held.pop(mine, None)
