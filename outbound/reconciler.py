"""Finds out what became of calls that nobody told the end of. It asks Exotel, and never dials."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from loguru import logger

from shared.calls.database import StoreError
from shared.calls.facts import Doubted, Fact, Settled
from shared.calls.known import KnownCall
from shared.calls.learning import ForeignNews
from shared.calls.leases import hold
from shared.calls.status import Status
from shared.calls.store import Store
from shared.calls.telling import from_details
from shared.telephony.connect import ExotelAPI
from shared.telephony.details import CallDetails
from shared.telephony.errors import DetailsUnavailable
from shared.telephony.numbers import e164

CALLS_PER_ROUND = 5  # one request each at least, 60 a minute at most, of Exotel's 200
EXOTEL_DOWN_SECS = 60.0
CLOCKS = timedelta(seconds=30)  # by which Exotel's clock may differ from ours
ORIGINATION = timedelta(seconds=60)  # in which Exotel makes the call, or doesn't


class Reconciler:
    """Looks, round after round, at the calls that are due.

    Args:
        store: Whose calls it settles.
        exotel: Whom it asks.
    """

    def __init__(self, store: Store, exotel: ExotelAPI) -> None:
        self._store = store
        self._exotel = exotel
        self._owner = uuid4().hex

    async def run(self) -> None:
        """Work until cancelled, while no other process does."""
        while True:
            try:
                if await hold(
                    self._store.database, "reconciler", self._owner, self._store.pace.lease
                ):
                    await self._round()
            except StoreError as error:
                logger.error("the reconciler can't use the database: {}", error)
            except Exception:  # noqa: BLE001  # it must not stop for the sake of one strange call
                logger.exception("the reconciler stumbled; it goes on")
            await asyncio.sleep(self._store.pace.round * random.uniform(0.8, 1.2))

    async def _round(self) -> None:
        for call, checks in await self._store.due(CALLS_PER_ROUND):
            try:
                fact = await self._look(call, checks)
            except DetailsUnavailable as error:
                fact = self._given_up(call)
                logger.warning("call {} can't be looked up: {}", call.call_id, error)
                if fact is None:
                    await self._store.postpone(call.call_id, self._exotel_down_secs)
                    continue
            await self._note(call, fact)

    @property
    def _exotel_down_secs(self) -> float:
        return min(EXOTEL_DOWN_SECS, self._store.pace.backoff[0] * 2)

    async def _note(self, call: KnownCall, fact: Fact | None) -> None:
        try:
            await self._store.learn(call.call_id, *([fact] if fact else []), looked=True)
        except ForeignNews as error:
            logger.error("call {} was looked up wrongly: {}", call.call_id, error)

    async def _look(self, call: KnownCall, checks: int) -> Fact | None:
        """What Exotel says of the call, or what we take it for when Exotel has no more to say."""
        if call.call_sid:
            details = await self._exotel.call(call.call_sid)
            return from_details(details) if details else self._given_up(call)
        found = await self._search(call)
        if len(found) == 1 and not await self._store.rivals(call, CLOCKS + ORIGINATION):
            return from_details(found[0])
        if not found and checks + 1 >= self._store.pace.misses:
            return Settled(datetime.now(UTC), Status.FAILED, "Exotel knows of no such call")
        if call.status is Status.DIALLING:
            return Doubted(datetime.now(UTC), "the server stopped while it waited for Exotel")
        return self._given_up(call)

    async def _search(self, call: KnownCall) -> list[CallDetails]:
        """The calls in Exotel's list that can be this dial, and are none of our other ones."""
        since, until = call.created_at - CLOCKS, call.created_at + ORIGINATION + CLOCKS
        fitting = []
        for details in await self._exotel.recent_calls(since, until):
            numbers = {e164(details.from_number), e164(details.to_number)}
            outbound = details.direction != "inbound"
            if call.number in numbers and outbound:
                others = await self._store.with_sid(details.call_sid)
                if all(other.call_id == call.call_id for other in others):
                    fitting.append(details)
        return fitting

    def _given_up(self, call: KnownCall) -> Settled | None:
        """What we take a call for that Exotel has been asked about for long enough."""
        now = datetime.now(UTC)
        if now < call.created_at + timedelta(seconds=self._store.pace.give_up):
            return None
        if call.closed_at and (call.answered_at or call.turns):
            return Settled(now, Status.COMPLETED, "by our own socket; Exotel never told")
        return Settled(now, Status.FAILED, "Exotel never told what became of it")
