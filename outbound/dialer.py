"""Places calls: each order once, never faster than Exotel allows, and never again in doubt."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from loguru import logger

from outbound.attempt import Attempt, prepare
from outbound.order import Order
from shared.calls.admission import Admitted, Earlier, Full, Key, admit
from shared.calls.database import StoreError
from shared.calls.facts import Doubted, Fact, Placed, Rejected
from shared.calls.known import KnownCall
from shared.calls.learning import learn
from shared.calls.status import Status
from shared.calls.store import Store
from shared.settings import Settings
from shared.telephony.connect import ExotelAPI
from shared.telephony.errors import CallRejected, OutcomeUnknown, RateLimited

LOOK_SECS = 0.2  # between looks at a dial that another request makes


class KeyConflict(Exception):
    """The Idempotency-Key came with another order before."""


class TooManyDials(Exception):
    """Exotel takes no more dials for now; come back after `retry_after` seconds."""

    def __init__(self, retry_after: float, call_id: str = "") -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
        self.call_id = call_id


class Dialer:
    """Places calls through one account.

    Args:
        settings: Of this process.
        store: Of all processes that dial for the account.
        exotel: The account's API.
        outcomes: Counts how many dials came out in which way.
    """

    def __init__(
        self, settings: Settings, store: Store, exotel: ExotelAPI, outcomes: Counter[str]
    ) -> None:
        self._settings = settings
        self._store = store
        self._exotel = exotel
        self._dialling: set[asyncio.Task[KnownCall]] = set()
        self._outcomes = outcomes

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
            TooManyDials: If Exotel takes no more for now; nothing was dialled.
            StoreError: If the database can't be used; nothing was dialled.
        """
        attempt = prepare(order, self._settings)
        idempotency = Key(key, order.fingerprint) if key else None
        admission = await self._wait_for_a_place(attempt, idempotency)
        if isinstance(admission, Earlier):
            if not admission.same:
                raise KeyConflict
            return _told_to_wait(await self._outcome_of(admission.call))
        dialling = asyncio.create_task(self._place(attempt), name="dial")
        self._dialling.add(dialling)
        dialling.add_done_callback(self._dialling.discard)
        return _told_to_wait(await asyncio.shield(dialling))

    async def finish(self, timeout: float) -> None:
        """Wait for the dials that are out; those without an answer in time are in doubt."""
        if self._dialling:
            await asyncio.wait(self._dialling, timeout=timeout)
        for dialling in list(self._dialling):
            dialling.cancel()
        await asyncio.gather(*self._dialling, return_exceptions=True)

    async def _wait_for_a_place(self, attempt: Attempt, key: Key | None) -> Admitted | Earlier:
        deadline = time.monotonic() + self._store.pace.queue
        while True:
            admission = await admit(
                self._store,
                attempt.call,
                key=key,
                tokens=attempt.tokens,
                per_minute=self._settings.dials_per_minute,
            )
            if not isinstance(admission, Full):
                return admission
            if time.monotonic() + admission.secs > deadline:
                self._outcomes["over the limit"] += 1
                raise TooManyDials(admission.secs)
            await asyncio.sleep(admission.secs)

    async def _place(self, attempt: Attempt) -> KnownCall:
        call = attempt.call
        try:
            placed = await self._exotel.connect(attempt.dial)
        except CallRejected as error:
            return await self._learn(call, _rejected(error))
        except OutcomeUnknown as error:
            return await self._learn(call, Doubted(datetime.now(UTC), error.reason))
        except asyncio.CancelledError:
            doubt = Doubted(datetime.now(UTC), "the server stopped while it waited for Exotel")
            await asyncio.shield(self._learn(call, doubt))
            raise
        return await self._learn(call, Placed(datetime.now(UTC), placed.call_sid))

    async def _learn(self, dialled: KnownCall, fact: Fact) -> KnownCall:
        try:
            call = await self._store.learn(dialled.call_id, fact)
        except StoreError as error:  # the phone may ring all the same, and that is what to answer
            logger.error("the outcome of dial {} isn't on record: {}", dialled.call_id, error)
            call = learn(dialled, fact)
        self._outcomes[Status.PLACED if call.placed_at else call.status] += 1
        return call

    async def _outcome_of(self, call: KnownCall) -> KnownCall:
        """What became of a dial that another request made, perhaps just now."""
        gone = call.created_at + timedelta(seconds=self._store.pace.answer)
        while call.status is Status.DIALLING and datetime.now(UTC) < gone:
            await asyncio.sleep(LOOK_SECS)
            call = await self._store.find(call.call_id) or call
        return call


def _rejected(error: CallRejected) -> Rejected:
    retry_after = error.retry_after if isinstance(error, RateLimited) else None
    return Rejected(
        datetime.now(UTC), error.status, error.message, error.code, error.hint, retry_after
    )


def _told_to_wait(call: KnownCall) -> KnownCall:
    """The call, unless Exotel refused it for the moment only."""
    if call.retry_after is not None:
        raise TooManyDials(call.retry_after, call.call_id)
    return call
