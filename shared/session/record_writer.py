"""The writer of a socket's part of a call record: at both ends of the call, beside it."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from loguru import logger

from shared.bot.caller import Caller
from shared.plain_text import without_tags
from shared.records.call_events import CallEvent, SocketClosed, SocketOpened
from shared.records.call_record import CallRecord
from shared.records.correlation import new_call_id
from shared.records.database.transactions import StoreError
from shared.records.session_record import SessionRecord
from shared.records.store import Store
from shared.records.transfer_record import TransferRecord
from shared.session.record_lookup import RecordLookup, WrongTicket
from shared.telephony.phone_numbers import e164, parse_number

WRITE_SECS = 5.0  # for the database; a call never waits for it longer
LAST_SECS = 1.0  # for it to say whose call this is, when the call is over
MAX_NUMBER = 128  # characters of what Exotel calls a party by, kept: a SIP address has room in it
RETRIES = (0.5, 2.0)  # seconds before each, when a call has ended that couldn't be written

Found = Callable[[str], None]


class RecordWriter:
    """Writes one socket's part of a call into the store, beside the call and never in its way.

    Args:
        store: None where no record is kept.
        record: Of this socket.
        lookup: Finds the call's record, if there is one; else it begins with this socket.
        exophone: Our number, as configured; "" if it isn't.
    """

    def __init__(
        self, store: Store | None, record: SessionRecord, lookup: RecordLookup, exophone: str = ""
    ) -> None:
        self._store = store
        self._record = record
        self._lookup = lookup
        self._call_record = call_record = lookup.call_record
        self._exophone = e164(exophone)
        self.call_id = call_record.call_id if call_record else new_call_id() if store else ""
        self._begun = call_record is not None
        self._untold: list[CallEvent] = []
        self._opening: asyncio.Task[None] | None = None

    def open(self, found: Found, wrong: Callable[[], None]) -> None:
        """Write that the socket is open, while the call goes on.

        Args:
            found: Told the id of our call, if that wasn't known before.
            wrong: Told that the socket's token was none for this call.
        """
        if self._store:
            record = self._record
            opened = SocketOpened(record.started_at, record.call_sid, record.stream_sid)
            self._untold.append(opened)
            opening = self._open(self._store, found, wrong)
            self._opening = asyncio.create_task(opening, name="write the call record")

    async def _open(self, store: Store, found: Found, wrong: Callable[[], None]) -> None:
        try:
            call_record = await self._lookup.at_last()
        except WrongTicket:
            logger.warning("ending a call that was let in: its token is another call's, or spent")
            self._store = None  # nor is the record its own
            wrong()
            return
        if call_record and call_record.call_id != self.call_id:
            self.call_id, self._begun = call_record.call_id, True
            found(call_record.call_id)
        store.heartbeat.carry(self.call_id)
        await self._tell()

    async def close(self) -> None:
        """Write how it ended, and what couldn't be written before."""
        try:
            await self._lookup.give_up(LAST_SECS)
            if self._opening:
                await asyncio.wait({self._opening})
            await self._write_end()
        finally:
            if self._store:
                self._store.heartbeat.leave(self.call_id)

    async def _write_end(self) -> None:
        record = self._record
        ended_at, ending = record.ended_at or record.now, record.ending or ""
        await self._tell(SocketClosed(ended_at, record.stream_sid, ending, record.turns))
        for pause in RETRIES:
            if not self._untold:
                return
            await asyncio.sleep(pause)
            await self._tell()

    async def transfer_call(self, reason: str, to: tuple[str, ...], summary: str) -> bool:
        """Write that the call is transferred; tells whether the flow will learn of it."""
        if self._store is None:
            return False
        record = self._record
        decision = TransferRecord(
            call_sid=record.call_sid,
            decided_at=datetime.now(UTC),
            to=to,
            reason=reason,
            summary=summary,
            stream_sid=record.stream_sid,
        )
        try:
            async with asyncio.timeout(WRITE_SECS):
                await self._store.transfers.decide(decision)
        except (StoreError, TimeoutError) as error:
            logger.error("the caller can't be transferred: {}", error or "no answer in time")
            return False
        return True

    async def _tell(self, *facts: CallEvent) -> None:
        self._untold += facts
        if self._store is None:
            self._untold.clear()
            return
        try:
            async with asyncio.timeout(WRITE_SECS):
                if not self._begun:
                    await self._store.add(self._new_record())
                    self._begun = True
                await self._store.apply_event(self.call_id, *self._untold)
            self._untold.clear()
        except (StoreError, TimeoutError, KeyError) as error:
            why = str(error) or f"no answer within {WRITE_SECS:g} s"
            logger.error("the call record is not written yet: {}", why)

    def _new_record(self) -> CallRecord:
        record = self._record
        person, exophone = self._parties()
        return CallRecord(
            call_id=self.call_id,
            direction=record.direction,
            created_at=record.started_at,
            number=person[:MAX_NUMBER],
            exophone=exophone[:MAX_NUMBER],
            call_sid=record.call_sid,
        )

    def caller(self, custom_parameters: Mapping[str, str]) -> Caller:
        """The caller: by our own record if we dialled, else by what Exotel says.

        What came with the call may be spoken, so no tag in it reaches the TTS.
        """
        record = self._record
        dialled = self._call_record if self._call_record and self._call_record.mode else None
        person, exophone = self._parties()
        context = dialled.context if dialled else ""
        return Caller(
            number=dialled.number if dialled else person,
            called_number=e164(dialled.exophone) if dialled else exophone,
            call_sid=record.call_sid,
            direction=record.direction,
            custom_parameters=without_tags(dict(custom_parameters)),
            call_id=self.call_id,
            mode=dialled.mode if dialled else None,
            context=without_tags(json.loads(context)) if context else None,
        )

    @property
    def number_known(self) -> bool:
        """Whether the person's number is known."""
        dialled = self._call_record and self._call_record.mode and self._call_record.number
        return bool(parse_number(dialled or self._parties()[0]))

    def _parties(self) -> tuple[str, str]:
        """The person's number and ours; Exotel rings in our name where it rings us first."""
        caller, called = e164(self._record.from_number), e164(self._record.to_number)
        if not self._exophone or caller != self._exophone:
            return caller, called
        return ("" if called == caller else called), caller
