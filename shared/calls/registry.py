"""Which calls this process carries: how many there may be, and how all of them end."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from shared.calls.record import Ending
from shared.telephony.errors import CallRefused

# Sockets that haven't said yet which call they are; each has 5 s for that.
MAX_HANDSHAKES = 100

End = Callable[[Ending], None]


class CallRegistry:
    """The places of one process.

    Args:
        max_calls: How many calls it carries well at the same time.

    Attributes:
        draining: The process is about to end, and takes no more calls.
        endings: How many calls ended in which way.
        refusals: How many were not taken, by reason.
        dials: How many dials came out in which way.
    """

    def __init__(self, max_calls: int) -> None:
        self.max_calls = max_calls
        self.draining = False
        self._calls: dict[str, tuple[object, End]] = {}
        self.endings: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.dials: Counter[str] = Counter()
        self._handshakes = 0
        self._left = asyncio.Event()

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def accepting(self) -> bool:
        """Whether one more call would be taken now."""
        return not self.draining and len(self._calls) < self.max_calls

    @contextmanager
    def handshake(self) -> Iterator[None]:
        """Hold room for a socket that is about to say which call it is.

        Raises:
            CallRefused: If too many are at it already.
        """
        if self._handshakes >= MAX_HANDSHAKES:
            self.refuse("busy")
        self._handshakes += 1
        try:
            yield
        finally:
            self._handshakes -= 1

    @contextmanager
    def enter(self, call_sid: str, end: End) -> Iterator[None]:
        """Hold a place for a call.

        Exotel connects a second time when it believes that the first attempt failed. The second
        connection is the one that has the caller, so the first is ended and leaves its place.

        Args:
            call_sid: Exotel's name for the call.
            end: Ends the call; called from the event loop, must not block.

        Raises:
            CallRefused: If every place is taken, or the process is shutting down.
        """
        earlier = self._calls.get(call_sid)
        if self.draining:
            self.refuse("shutting down")
        if earlier is None and len(self._calls) >= self.max_calls:
            self.refuse("full")
        if earlier:
            earlier[1](Ending.REPLACED)
        place = object()
        self._calls[call_sid] = (place, end)
        try:
            yield
        finally:
            latest = self._calls.get(call_sid)
            if latest and latest[0] is place:
                del self._calls[call_sid]
            self._left.set()

    def refuse(self, reason: str) -> NoReturn:
        """Count a call that isn't taken.

        Raises:
            CallRefused: Always.
        """
        self.refusals[reason] += 1
        raise CallRefused(reason)

    async def drain(self, timeout: float) -> None:
        """Take no more calls, and wait up to `timeout` seconds before ending those that are on."""
        self.draining = True
        try:
            async with asyncio.timeout(timeout):
                while self._calls:
                    self._left.clear()
                    await self._left.wait()
        except TimeoutError:
            for _, end in list(self._calls.values()):
                end(Ending.SHUTDOWN)
