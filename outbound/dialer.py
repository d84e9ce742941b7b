"""Places calls: each order once, never faster than Exotel allows, and never again in doubt."""

import asyncio
import time
from datetime import UTC, datetime

from loguru import logger

from outbound.dial_preparation import Attempt, prepare
from outbound.dial_settings import on_pipecat_cloud
from outbound.refusals import CallDeleted, KeyConflict, PersonRungAlready, TooManyDials
from outbound.start_request import Order
from shared.records import call_events
from shared.records.apply_event import learn
from shared.records.call_events import Doubted, Fact, Rejected
from shared.records.call_record import KnownCall
from shared.records.call_status import Status
from shared.records.database.transactions import StoreError
from shared.records.dial_admission import (
    Admitted,
    Earlier,
    Forgotten,
    Full,
    Key,
    Limits,
    RungAlready,
    admit,
    find_earlier,
)
from shared.records.store import Store
from shared.runtime.capacity import CallRegistry
from shared.settings.settings import Settings
from shared.telephony.errors import CallRefused, CallRejected, OutcomeUnknown, RateLimited
from shared.telephony.rest.client import ExotelAPI
from shared.telephony.rest.responses import Placed

LOOK_SECS = 0.2  # between looks at a dial that another request makes


class Dialer:
    """Places calls through one account.

    Args:
        settings: Of this process.
        store: Of all processes that dial for the account.
        exotel: The account's API.
        registry: Keeps places for those whom we ring, and counts how the dials come out.
    """

    def __init__(
        self, settings: Settings, store: Store, exotel: ExotelAPI, registry: CallRegistry
    ) -> None:
        self._settings = settings
        self._store = store
        self._exotel = exotel
        self._dialling: set[asyncio.Task[KnownCall]] = set()
        self._connecting: set[asyncio.Task[Placed]] = set()
        self._registry = registry
        self._limits = Limits(settings.dials_per_minute, settings.max_dials_per_person)

    async def dial(self, order: Order, key: str | None = None) -> KnownCall:
        """Carry an order out, or find what became of it when it came first.

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
        idempotency = Key(key, order.fingerprint) if key else None
        admission = await self._admission(attempt, idempotency)
        if isinstance(admission, Forgotten):
            raise CallDeleted
        if isinstance(admission, Earlier):
            if not admission.same:
                raise KeyConflict
            return _told_to_wait(await self._outcome_of(admission.call))
        dialling = asyncio.create_task(self._place(attempt), name="dial")
        self._dialling.add(dialling)
        dialling.add_done_callback(self._dialling.discard)
        closing = asyncio.create_task(self._registry.closing.wait())
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

    async def _admission(self, attempt: Attempt, key: Key | None) -> Admitted | Earlier | Forgotten:
        """Keep a place for the person's answer first; a result that is there needs none."""
        call_id = attempt.call.call_id
        try:
            if not on_pipecat_cloud(self._settings):
                self._registry.expect(call_id)
            elif self._registry.draining:
                self._registry.refuse("shutting down")
        except CallRefused:
            earlier = await find_earlier(self._store, key) if key else None
            if earlier is None:
                raise
            return earlier
        admission: Admitted | Earlier | Forgotten | None = None
        try:
            admission = await self._wait_for_a_place(attempt, key)
        finally:
            if not isinstance(admission, Admitted):
                self._registry.expect_no_more(call_id)
        return admission

    async def _wait_for_a_place(
        self, attempt: Attempt, key: Key | None
    ) -> Admitted | Earlier | Forgotten:
        deadline = time.monotonic() + self._store.pace.queue
        while True:
            admission = await admit(
                self._store,
                attempt.call,
                key=key,
                tokens=attempt.tokens,
                limits=self._limits,
            )
            if isinstance(admission, RungAlready):
                self._registry.metrics.dials["person's limit"] += 1
                raise PersonRungAlready(admission)
            if not isinstance(admission, Full):
                return admission
            if time.monotonic() + admission.secs > deadline:
                self._registry.metrics.dials["over the limit"] += 1
                raise TooManyDials(admission.secs)
            await asyncio.sleep(admission.secs)

    async def _place(self, attempt: Attempt) -> KnownCall:
        connecting = asyncio.create_task(self._exotel.connect(attempt.dial), name="connect")
        self._connecting.add(connecting)
        asked = time.monotonic()
        await asyncio.wait({connecting})
        self._registry.metrics.connect_secs.observe(time.monotonic() - asked)
        self._connecting.discard(connecting)
        return await self._learn(attempt.call, _outcome(connecting))

    async def _learn(self, dialled: KnownCall, fact: Fact) -> KnownCall:
        try:
            call = await self._store.learn(dialled.call_id, fact)
        except StoreError as error:  # the phone may ring all the same, and that is what to answer
            call = learn(dialled, fact)
            logger.error(
                "not on record, since {}: call {} is {} {}",
                *(error, call.call_id, call.status, call.call_sid),
            )
        self._registry.metrics.dials[Status.PLACED if call.placed_at else call.status] += 1
        if call.status.over:
            self._registry.expect_no_more(call.call_id)
        return call

    async def _outcome_of(self, call: KnownCall) -> KnownCall:
        """What became of a dial that another request made, perhaps just now."""
        answer = self._store.pace.answer
        left = answer - (datetime.now(UTC) - call.created_at).total_seconds()
        gone = time.monotonic() + min(left, answer)  # whatever becomes of the wall clock
        while call.status is Status.DIALLING and time.monotonic() < gone:
            await asyncio.sleep(LOOK_SECS)
            call = await self._store.find(call.call_id) or call
        return call


def _outcome(connecting: asyncio.Task[Placed]) -> Fact:
    now = datetime.now(UTC)
    if connecting.cancelled():
        return Doubted(now, "the server stopped while it waited for Exotel")
    try:
        return call_events.Placed(now, connecting.result().call_sid)
    except OutcomeUnknown as error:
        return Doubted(now, error.reason)
    except CallRejected as error:
        retry_after = error.retry_after if isinstance(error, RateLimited) else None
        return Rejected(now, error.status, error.message, error.code, error.hint, retry_after)


def _told_to_wait(call: KnownCall) -> KnownCall:
    """The call, unless Exotel refused it for the moment only."""
    if call.retry_after is not None:
        raise TooManyDials(call.retry_after, call.call_id)
    return call
