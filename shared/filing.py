"""A call on our socket and its file in the store: found at the start, written at both ends."""

import asyncio
import json
from datetime import UTC, datetime

from loguru import logger

from shared.calls.database import StoreError
from shared.calls.facts import Fact, SocketClosed, SocketOpened
from shared.calls.known import KnownCall
from shared.calls.matching import Arrival, new_call_id, which_call
from shared.calls.record import CallRecord, Direction
from shared.calls.store import Store
from shared.calls.tokens import Ticket
from shared.conversation.persona import Caller
from shared.telephony.messages import Start
from shared.telephony.numbers import e164

FILING_SECS = 5.0  # for the database; a call never waits for it longer


class WrongTicket(Exception):
    """The socket came with a token that was made for another call, or is spent."""


async def find_file(
    store: Store | None, start: Start, direction: Direction, ticket: Ticket | None
) -> KnownCall | None:
    """What is known of the call that has come, or None; never holds a call up for long.

    Raises:
        WrongTicket: If the socket has no right to be this call.
    """
    if store is None:
        return None
    try:
        async with asyncio.timeout(FILING_SECS):
            if ticket and not await store.tokens.use(ticket, start.call_sid):
                raise WrongTicket
            if ticket and (known := await store.find(ticket.call_id)):
                return known
            arrival = Arrival(
                start.call_sid, start.from_number, start.to_number, start.custom_parameters
            )
            return await which_call(store, arrival, direction)
    except (StoreError, TimeoutError) as error:
        logger.error("the store doesn't say which call {} is: {}", start.call_sid, error)
        return None


class CallFile:
    """Writes one socket's part of a call into the store, beside the call and never in its way.

    Args:
        store: None where no record is kept.
        record: Of this socket.
        known: The call's file, if there is one; otherwise it begins with this socket.
    """

    def __init__(self, store: Store | None, record: CallRecord, known: KnownCall | None) -> None:
        self._store = store
        self._record = record
        self._known = known
        self.call_id = known.call_id if known else new_call_id() if store else ""
        self._opening = asyncio.create_task(self._opened(), name="file the call")

    async def close(self) -> None:
        """Write how it ended."""
        await asyncio.wait({self._opening})
        record = self._record
        ended_at = record.ended_at or datetime.now(UTC)
        await self._learn(
            SocketClosed(ended_at, record.stream_sid, record.ending or "", record.turns)
        )

    async def _opened(self) -> None:
        record = self._record
        opened = SocketOpened(record.started_at, record.call_sid, record.stream_sid)
        await self._learn(opened, begin=self._known is None)

    async def _learn(self, fact: Fact, *, begin: bool = False) -> None:
        if self._store is None:
            return
        try:
            async with asyncio.timeout(FILING_SECS):
                if begin:
                    await self._store.add(self._new_file())
                await self._store.learn(self.call_id, fact)
        except (StoreError, TimeoutError, KeyError) as error:
            logger.error("the store didn't take what happened: {!r}", error)

    def _new_file(self) -> KnownCall:
        record = self._record
        return KnownCall(
            call_id=self.call_id,
            direction=record.direction,
            created_at=record.started_at,
            number=e164(record.from_number),
            exophone=e164(record.to_number),
            call_sid=record.call_sid,
        )


def caller_of(start: Start, direction: Direction, known: KnownCall | None, call_id: str) -> Caller:
    """Who is on the line: by our own record if we dialled, else by what Exotel says."""
    dialled = known if known and known.mode else None
    return Caller(
        number=dialled.number if dialled else e164(start.from_number),
        called_number=e164(dialled.exophone if dialled else start.to_number),
        call_sid=start.call_sid,
        direction=direction,
        custom_parameters=start.custom_parameters,
        call_id=call_id,
        mode=dialled.mode if dialled else None,
        context=json.loads(dialled.context) if dialled and dialled.context else None,
    )
