"""The reconciler: looks up calls without an end at Exotel, and never dials."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

from loguru import logger

from shared.records.apply_event import apply_event
from shared.records.call_events import CallEvent, PlacementUnknown, Reconciled
from shared.records.call_record import CallRecord
from shared.records.call_status import Status
from shared.records.database.leases import acquire
from shared.records.database.transactions import StoreError
from shared.records.exotel_clock import CLOCKS
from shared.records.exotel_events import from_details
from shared.records.session_record import Ending
from shared.records.store import Store
from shared.telephony.errors import DetailsUnavailable
from shared.telephony.phone_numbers import e164, parse_number
from shared.telephony.rest.call_details import CallDetails
from shared.telephony.rest.client import ExotelAPI

CALLS_PER_ROUND = 5  # one request each at least, 60 a minute at most, of Exotel's 200
BILLS_PER_ROUND = 100  # in one request
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
        self._dice = Random()

    async def run(self) -> None:
        """Work until cancelled, while no other process does."""
        while True:
            try:
                if await self._is_mine():
                    await self._round()
                    await self._settle_bills()
            except StoreError:
                pass  # the database says so itself
            except Exception:  # noqa: BLE001  # nobody would notice that it has stopped
                logger.exception("the reconciler stumbled; it goes on")
            await asyncio.sleep(self._store.schedule.round * self._dice.uniform(0.8, 1.2))

    async def _is_mine(self) -> bool:
        lease = self._store.schedule.lease
        return await acquire(self._store.database, "reconciler", self._owner, lease)

    async def _round(self) -> None:
        for call, checks in await self._store.due(CALLS_PER_ROUND):
            try:
                await self._note(call, await self._look(call, checks))
            except DetailsUnavailable as error:
                logger.warning("call {} can't be looked up: {}", call.call_id, error)
                await self._later(call)
            except Exception:  # noqa: BLE001  # one strange call must not keep the others waiting
                logger.exception("call {} can't be settled; it is tried again later", call.call_id)
                await self._later(call)

    async def _later(self, call: CallRecord) -> None:
        """Look again when Exotel may be up, unless that has been going on for long enough."""
        if given_up := self._given_up(call):
            await self._note(call, given_up)
        else:
            await self._store.postpone(call.call_id, self._store.schedule.down)

    async def _settle_bills(self) -> None:
        """Ask for the prices of up to a hundred calls at once; how they ended is known."""
        calls = await self._store.unbilled(BILLS_PER_ROUND)
        if not calls:
            return
        try:
            found = await self._exotel.calls([call.call_sid for call in calls])
        except DetailsUnavailable as error:
            logger.warning("the prices of {} calls can't be looked up: {}", len(calls), error)
            for call in calls:
                await self._store.postpone(call.call_id, self._store.schedule.down)
            return
        bills = {details.call_sid: from_details(details) for details in found}
        for call in calls:
            bill = bills.get(call.call_sid)
            await self._note(call, replace(bill, status=None, leg_statuses=()) if bill else None)

    async def _note(self, call: CallRecord, event: CallEvent | None) -> None:
        facts = [event] if event else []
        await self._store.apply_event(call.call_id, *facts, looked=True, seen=call.status)

    async def _look(self, call: CallRecord, checks: int) -> CallEvent | None:
        """Exotel's report on the call, or our own conclusion when Exotel has no more to say."""
        on_socket = "" if call.traits.socket_has_own_sid else call.stream_call_sid
        if call_sid := call.call_sid or on_socket:
            details = await self._exotel.call(call_sid)
            told = from_details(details) if details else None
            tells_the_end = told is not None and apply_event(call, told).status.over
            if call.exotel_over_at and checks >= self._store.schedule.looks and not tells_the_end:
                return _without_their_leg(call)
            return told or self._given_up(call)
        found = await self._search(call)
        if len(found) == 1 and not await self._store.rivals(call, 2 * CLOCKS + ORIGINATION):
            # The list knows nothing of legs, and so not whether the person was reached.
            return from_details(await self._exotel.call(found[0].call_sid) or found[0])
        if not found and checks + 1 >= self._store.schedule.misses:
            return Reconciled(datetime.now(UTC), Status.FAILED, "Exotel knows of no such call")
        if call.status is Status.DIALLING:
            return PlacementUnknown(
                datetime.now(UTC), "the server stopped while it waited for Exotel"
            )
        return self._given_up(call)

    async def _search(self, call: CallRecord) -> list[CallDetails]:
        """The calls in Exotel's list that can be this dial, and are none of our other ones."""
        since, until = call.created_at - CLOCKS, call.created_at + ORIGINATION + CLOCKS
        possible = []
        for details in await self._exotel.recent_calls(since, until):
            if _goes_out_from(call.exophone, details) and _numbers(details) & {call.number, ""}:
                others = await self._store.with_sid(details.call_sid)
                if all(other.call_id == call.call_id for other in others):
                    possible.append(details)
        fitting = [details for details in possible if call.number in _numbers(details)]
        if not fitting and any("" in _numbers(details) for details in possible):
            raise DetailsUnavailable("its list of calls hides numbers, and one may be this call's")
        return fitting

    def _given_up(self, call: CallRecord) -> Reconciled | None:
        """The conclusion on a call that Exotel has been asked about for long enough."""
        now = datetime.now(UTC)
        if now < call.created_at + timedelta(seconds=self._store.schedule.give_up):
            return None
        if call.closed_at and (call.answered_at or call.turns):
            return Reconciled(now, Status.COMPLETED, "by our own socket; Exotel never told")
        return Reconciled(now, Status.FAILED, "Exotel never told what became of it")


def _goes_out_from(exophone: str, details: CallDetails) -> bool:
    told = parse_number(details.exophone)
    return details.direction != "inbound" and told in ("", e164(exophone))


def _numbers(details: CallDetails) -> set[str]:
    """Of both sides, "" for one that Exotel masks."""
    return {parse_number(number) for number in (details.from_number, details.to_number) if number}


def _without_their_leg(call: CallRecord) -> Reconciled:
    """The conclusion on a call in two-numbers mode whose second leg Exotel doesn't tell of."""
    if call.ending == Ending.NO_ANSWER:
        return Reconciled(datetime.now(UTC), Status.NO_ANSWER, "nobody spoke on our socket")
    return Reconciled(
        datetime.now(UTC), Status.COMPLETED, "Exotel tells nothing of the person's leg"
    )
