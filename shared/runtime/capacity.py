"""The capacity of one process: places for calls, and refusals when there is none."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import NoReturn

from shared.observability.metrics import Metrics
from shared.records.session_record import Ending
from shared.runtime.pending_handshakes import PendingHandshakes
from shared.telephony.errors import CallRefused

# Sockets that haven't said yet which call they are; each has 5 s for that.
MAX_HANDSHAKES = 100

POLL_SECS = 1.0  # while draining
RINGING_SECS = 90.0  # after which somebody whom we rang will not be on our socket any more

End = Callable[[Ending], None]


@dataclass(slots=True, eq=False)
class _Place:
    """The place of one call."""

    end: End
    shed: bool = False


class Capacity:
    """The places of one process.

    Args:
        max_calls: How many calls it carries well at the same time.

    Attributes:
        draining: The process is about to end, and takes no more calls.
        closing: Set when it doesn't wait any longer.
        overloaded: The event loop is late, and one more call would make it worse.
        metrics: Of this process.
    """

    def __init__(self, max_calls: int) -> None:
        self.max_calls = max_calls
        self.draining = False
        self.overloaded = False
        self._calls: dict[str, _Place] = {}
        self._reserved: dict[str, float] = {}
        self.metrics = Metrics()
        self._handshakes = PendingHandshakes(MAX_HANDSHAKES)
        self._left = asyncio.Event()
        self.closing = asyncio.Event()

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def accepting(self) -> bool:
        """Whether one more call would be taken now."""
        return not self.refusal_reason

    @property
    def refusal_reason(self) -> str:
        """The reason why one more call would not be taken now; "" if it would."""
        if self.draining:
            return "shutting down"
        if self.overloaded:
            return "busy"
        return "full" if len(self._calls) + self.reserved >= self.max_calls else ""

    @property
    def reserved(self) -> int:
        """The number of places that are kept for people who are being rung."""
        now = time.monotonic()
        self._reserved = {call_id: end for call_id, end in self._reserved.items() if end > now}
        return len(self._reserved)

    def reserve(self, call_id: str) -> None:
        """Reserve a place for somebody who is about to be rung, for as long as it can ring.

        Raises:
            CallRefused: If there is none.
        """
        if refusal_reason := self.refusal_reason:
            self.refuse(refusal_reason)
        self._reserved[call_id] = time.monotonic() + RINGING_SECS

    def release(self, call_id: str) -> None:
        """Give a reserved place up: the person is on a socket, or will not be."""
        if self._reserved.pop(call_id, None):
            self._left.set()

    def handshake(self, leave: Callable[[], None] = lambda: None) -> AbstractContextManager[None]:
        """Hold room for a socket that is about to say which call it is; `leave` makes it leave.

        Raises:
            CallRefused: If too many are at it already, and all of them have only just come.
        """
        return self._handshakes.hold(leave, lambda: self.refuse("busy"))

    @contextmanager
    def acquire(self, call_sid: str, end: End, call_id: str = "") -> Iterator[None]:
        """Hold a place for a call.

        Exotel connects a second time when it believes that the first attempt failed. The second
        connection is the one that has the caller, so the first is ended and leaves its place.

        Args:
            call_sid: Exotel's name for the call.
            end: Ends the call; called from the event loop, must not block.
            call_id: Ours, if it's a call we dialled: a place may be kept for it.

        Raises:
            CallRefused: If every place is taken, or the process is overloaded or shutting down.
        """
        earlier = self._calls.get(call_sid)
        kept = call_id in self._reserved
        self.release(call_id)
        if self.draining and not kept:
            self.refuse("shutting down")
        if not (earlier or kept) and (refusal_reason := self.refusal_reason):
            self.refuse(refusal_reason)
        if earlier:
            earlier.end(Ending.REPLACED)
        place = self._calls[call_sid] = _Place(end)
        try:
            yield
        finally:
            if self._calls.get(call_sid) is place:
                del self._calls[call_sid]
            self._left.set()

    def shed(self) -> str | None:
        """End the newest call for the others' sake.

        The last one is left alone: its end would help nobody.

        Returns:
            Its SID; None if there are no others.
        """
        on = [(call_sid, place) for call_sid, place in self._calls.items() if not place.shed]
        if len(on) < 2:
            return None
        call_sid, place = on[-1]
        place.shed = True
        place.end(Ending.OVERLOAD)
        return call_sid

    def refuse(self, reason: str) -> NoReturn:
        """Count a call that isn't taken.

        Raises:
            CallRefused: Always.
        """
        self.metrics.refusals[reason] += 1
        raise CallRefused(reason)

    def end_all(self) -> None:
        """End the calls that are on, as the process is about to."""
        for place in list(self._calls.values()):
            place.end(Ending.SHUTDOWN)

    async def drain(self, timeout: float) -> None:
        """Take no more calls, and wait up to `timeout` seconds before ending those that are on.

        People whom we are ringing are waited for too, and talked with.
        """
        self.draining = True
        try:
            async with asyncio.timeout(timeout):
                while self._calls or self.reserved:
                    self._left.clear()
                    with suppress(TimeoutError):  # those who don't answer leave in silence
                        await asyncio.wait_for(self._left.wait(), POLL_SECS)
        except TimeoutError:
            self.end_all()
        finally:
            self.closing.set()
