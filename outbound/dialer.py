"""The dialer: each request dialled once, never faster than Exotel allows, never again in doubt."""

import asyncio
import time
from datetime import UTC, datetime

from loguru import logger

from outbound.dial_preparation import Attempt, prepare
from outbound.dial_settings import on_pipecat_cloud
from outbound.refusals import CallDeleted, KeyConflict, PersonRungAlready, TooManyDials
from outbound.start_request import Order
from shared.records import call_events
from shared.records.apply_event import apply_event
from shared.records.call_events import CallEvent, PlacementUnknown, Rejected
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.database.transactions import StoreError
from shared.records.dial_admission import (
    Admitted,
    AlreadyDialled,
    IdempotencyKey,
    Limits,
    RateLimitReached,
    ResultDeleted,
    RungAlready,
    admit,
    find_earlier,
)
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.errors import CallRefused, CallRejected, OutcomeUnknown, RateLimited
from shared.telephony.rest.client import ExotelAPI
from shared.telephony.rest.responses import PlacedCall

POLL_SECS = 0.2  # between looks at a dial that another request makes


class Dialer:
    """Places calls through one account.

    Args:
        settings: Of this process.
        store: Of all processes that dial for the account.
        exotel: The account's API.
        capacity: Keeps places for those whom we ring, and counts how the dials come out.
    """

    def __init__(
        self, settings: Settings, store: Store, exotel: ExotelAPI, capacity: Capacity
    ) -> None:
        self._settings = settings
        self._store = store
        self._exotel = exotel
        self._dialling: set[asyncio.Task[CallRecord]] = set()
        self._connecting: set[asyncio.Task[PlacedCall]] = set()
        self._capacity = capacity
        self._limits = Limits(settings.dials_per_minute, settings.max_dials_per_person)

    async def dial(self, order: Order, key: str | None = None) -> CallRecord:
        """Dial what a request asks for, or return the result of its first dial.

        The dial goes on when whoever asked for it goes away.

        Args:
            order: Whom to ring, and how.
            key: The request's Idempotency-Key, if it has one.

        Returns:
            The call; its status says whether Exotel placed or rejected it, or left us in doubt.

        Raises:
            BadOrder: If it can't be dialled in its mode.
            KeyConflict: If the key belongs to another order.
            CallDeleted: If what became of the key's call is no longer on record.
            TooManyDials: If Exotel takes no more for now; nothing was dialled.
            PersonRungAlready: If this person isn't to be rung now, by whatever key.
            CallRefused: If this process couldn't talk with one more person; nothing was dialled.
            StoreError: If the database can't be used; this request dialled nothing.
        """
        attempt = prepare(order, self._settings)
        idempotency = IdempotencyKey(key, order.fingerprint) if key else None
        admission = await self._admission(attempt, idempotency)
        if isinstance(admission, ResultDeleted):
            raise CallDeleted
        if isinstance(admission, AlreadyDialled):
            if not admission.same:
                raise KeyConflict
            return _told_to_wait(await self._outcome_of(admission.call))
        dialling = asyncio.create_task(self._place(attempt), name="dial")
        self._dialling.add(dialling)
        dialling.add_done_callback(self._dialling.discard)
        closing = asyncio.create_task(self._capacity.closing.wait())
        await asyncio.wait({dialling, closing}, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        # A process that can't wait for Exotel any longer says that it doesn't know.
        return _told_to_wait(dialling.result() if dialling.done() else attempt.call)

    async def finish(self, timeout: float) -> None:
        """Wait for the dials that are out; those without an answer in time are in doubt."""
        if self._dialling:
            await asyncio.wait(self._dialling, timeout=timeout)
        for connecting in self._connecting:
            connecting.cancel()
        if self._dialling:
            await asyncio.wait(self._dialling)  # what is known goes on record

    async def _admission(
        self, attempt: Attempt, key: IdempotencyKey | None
    ) -> Admitted | AlreadyDialled | ResultDeleted:
        """Keep a place for the person's answer first; a result that is there needs none."""
        call_id = attempt.call.call_id
        try:
            if not on_pipecat_cloud(self._settings):
                self._capacity.reserve(call_id)
            elif self._capacity.draining:
                self._capacity.refuse("shutting down")
        except CallRefused:
            earlier = await find_earlier(self._store, key) if key else None
            if earlier is None:
                raise
            return earlier
        admission: Admitted | AlreadyDialled | ResultDeleted | None = None
        try:
            admission = await self._wait_for_a_place(attempt, key)
        finally:
            if not isinstance(admission, Admitted):
                self._capacity.release(call_id)
        return admission

    async def _wait_for_a_place(
        self, attempt: Attempt, key: IdempotencyKey | None
    ) -> Admitted | AlreadyDialled | ResultDeleted:
        deadline = time.monotonic() + self._store.schedule.queue
        while True:
            admission = await admit(
                self._store,
                attempt.call,
                key=key,
                tokens=attempt.tokens,
                limits=self._limits,
            )
            if isinstance(admission, RungAlready):
                self._capacity.metrics.dials["person's limit"] += 1
                raise PersonRungAlready(admission)
            if not isinstance(admission, RateLimitReached):
                return admission
            if time.monotonic() + admission.secs > deadline:
                self._capacity.metrics.dials["over the limit"] += 1
                raise TooManyDials(admission.secs)
            await asyncio.sleep(admission.secs)

    async def _place(self, attempt: Attempt) -> CallRecord:
        connecting = asyncio.create_task(self._exotel.connect(attempt.dial), name="connect")
        self._connecting.add(connecting)
        asked = time.monotonic()
        await asyncio.wait({connecting})
        self._capacity.metrics.connect_secs.observe(time.monotonic() - asked)
        self._connecting.discard(connecting)
        return await self._apply_event(attempt.call, _outcome(connecting))

    async def _apply_event(self, dialled: CallRecord, event: CallEvent) -> CallRecord:
        try:
            call = await self._store.apply_event(dialled.call_id, event)
        except StoreError as error:  # the phone may ring all the same, and that is what to answer
            call = apply_event(dialled, event)
            logger.error(
                "not on record, since {}: call {} is {} {}",
                *(error, call.call_id, call.status, call.call_sid),
            )
        self._capacity.metrics.dials[Status.PLACED if call.placed_at else call.status] += 1
        if call.status.over:
            self._capacity.release(call.call_id)
        return call

    async def _outcome_of(self, call: CallRecord) -> CallRecord:
        """The result of a dial that another request made, perhaps just now."""
        answer = self._store.schedule.answer
        left = answer - (datetime.now(UTC) - call.created_at).total_seconds()
        gone = time.monotonic() + min(left, answer)  # whatever becomes of the wall clock
        while call.status is Status.DIALLING and time.monotonic() < gone:
            await asyncio.sleep(POLL_SECS)
            call = await self._store.find(call.call_id) or call
        return call


def _outcome(connecting: asyncio.Task[PlacedCall]) -> CallEvent:
    now = datetime.now(UTC)
    if connecting.cancelled():
        return PlacementUnknown(now, "the server stopped while it waited for Exotel")
    try:
        return call_events.Placed(now, connecting.result().call_sid)
    except OutcomeUnknown as error:
        return PlacementUnknown(now, error.reason)
    except CallRejected as error:
        retry_after = error.retry_after if isinstance(error, RateLimited) else None
        return Rejected(now, error.status, error.message, error.code, error.hint, retry_after)


def _told_to_wait(call: CallRecord) -> CallRecord:
    """The call, unless Exotel refused it for the moment only."""
    if call.retry_after is not None:
        raise TooManyDials(call.retry_after, call.call_id)
    return call
