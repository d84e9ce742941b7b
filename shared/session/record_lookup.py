"""The look-up of the call record behind a socket: asked at once, waited for a little, known later.

Somebody is on the line meanwhile and hears nothing, so what isn't known in time comes later or not
at all: what this process has dialled itself it knows without the store.
"""

import asyncio
from typing import Self

from loguru import logger

from shared.records.call_record import CallRecord
from shared.records.correlation import IncomingLeg, correlate, named_in
from shared.records.database.transactions import StoreError
from shared.records.store import Store
from shared.records.tokens import Ticket
from shared.telephony.connect_mode import ConnectMode, traits_of
from shared.telephony.direction import Direction
from shared.telephony.stream.messages import Start

GREETING_SECS = 0.3  # that a greeting waits, when the store can change nothing of it
CONTEXT_SECS = 2.0  # somebody we rang waits for an answer to their hello; it needs the context
DIALLING_SECS = 5.0  # in some modes the person isn't even dialled when the socket opens
AGAIN_SECS = 0.5  # between two questions, while the store fails


def leg_of(start: Start) -> IncomingLeg:
    """The leg that a socket's first message describes."""
    return IncomingLeg(start.call_sid, start.from_number, start.to_number, start.custom_parameters)


class WrongTicket(Exception):
    """The socket came with a token that was made for another call, or is spent."""


class RecordLookup:
    """Finds the record of one call that has come, while its context lasts.

    It is entered when somebody has waited long enough; what isn't known then is `at_last`.

    Args:
        store: None where no record is kept.
        leg: What Exotel says of the call.
        direction: Who rings whom.
        mode: How we dial, unless the call's record says something else.
        ticket: The token in the socket's path, if it came with one.

    Attributes:
        call_record: What was known in time; None is nothing.

    Raises:
        WrongTicket: On entering, if the socket has no right to be this call.
    """

    def __init__(
        self,
        store: Store | None,
        leg: IncomingLeg,
        direction: Direction,
        mode: ConnectMode | None = None,
        ticket: Ticket | None = None,
    ) -> None:
        self.call_record: CallRecord | None = None
        self._store = store
        self._leg = leg
        self._direction = direction
        self._mode = mode
        self._ticket = ticket
        self._used: Ticket | None = None
        self._trouble = ""
        self._finding: asyncio.Task[CallRecord | None] | None = None

    async def __aenter__(self) -> Self:
        """Ask, and wait for the answer as long as somebody on the line can."""
        if self._store is None:
            return self
        self._finding = asyncio.create_task(self._find(self._store), name="find the record")
        own = self._recall(self._store)
        secs = self._wait_secs(own)
        await asyncio.wait({self._finding}, timeout=secs)
        if self._finding.done():
            self.call_record = self._finding.result()
            return self
        self.call_record = own
        # Without its context a call that we dialled isn't what it was meant to be.
        lacks = self._direction is Direction.OUTBOUND and own is None
        say = logger.error if lacks else logger.warning
        say(
            "the record of call {} isn't found yet, and is looked for on: {}",
            *(self._leg.call_sid, self._trouble or "no answer in time"),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ask no more."""
        await self.give_up()

    async def at_last(self) -> CallRecord | None:
        """The record, however long that takes; None if there is none.

        Raises:
            WrongTicket: If the socket has no right to be this call.
            asyncio.CancelledError: If the question is given up.
        """
        return await self._finding if self._finding else None

    async def give_up(self, secs: float = 0.0) -> None:
        """Ask no more: the call is over; an answer may take so long still, unless it is a fault."""
        if self._finding is None:
            return
        await asyncio.wait({self._finding}, timeout=0 if self._trouble else secs)
        self._finding.cancel()
        await asyncio.wait({self._finding})
        if not self._finding.cancelled():
            self._finding.exception()  # it is too late for it

    def _wait_secs(self, own: CallRecord | None) -> float:
        if own or self._direction is Direction.INBOUND:
            has_waited = self._ticket is not None and not self._ticket.checked
            return 0.0 if has_waited else GREETING_SECS
        return CONTEXT_SECS if traits_of(self._mode).opens_on_answer else DIALLING_SECS

    def _recall(self, store: Store) -> CallRecord | None:
        """The call, if this process has dialled it."""
        names = [self._ticket.call_id] if self._ticket else named_in(self._leg)
        found = [call for name in names if (call := store.recall(name))]
        return found[0] if len(found) == 1 else None

    async def _find(self, store: Store) -> CallRecord | None:
        while True:
            try:
                return await self._ask(store)
            except StoreError as error:
                self._trouble = str(error)
                await asyncio.sleep(AGAIN_SECS)

    async def _ask(self, store: Store) -> CallRecord | None:
        if self._ticket and not self._used:
            again = bool(self._trouble)  # what failed may have been written all the same
            self._used = await store.tokens.use(self._ticket, self._leg.call_sid, again=again)
            if not self._used:
                raise WrongTicket
        if self._used and (call_record := await store.find(self._used.call_id)):
            return call_record
        return await correlate(store, self._leg, self._direction)
