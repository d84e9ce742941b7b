"""Places calls: each order once, never faster than Exotel allows, and never again in doubt."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from loguru import logger

from outbound.account import fault_of_mode, on_pipecat_cloud, status_callback, stream_url
from outbound.order import BadOrder, Order
from shared.calls.admission import Admitted, Earlier, Full, Key, admit, release
from shared.calls.database import StoreError
from shared.calls.facts import Doubted, Fact, Placed, Rejected
from shared.calls.known import KnownCall
from shared.calls.learning import learn
from shared.calls.matching import new_call_id
from shared.calls.record import Direction
from shared.calls.status import Status
from shared.calls.store import Store
from shared.calls.tokens import Purpose, new_token
from shared.settings import Settings
from shared.telephony.connect import ExotelAPI
from shared.telephony.dial import Dial
from shared.telephony.errors import CallRejected, InvalidDial, OutcomeUnknown, RateLimited
from shared.telephony.modes import ConnectMode
from shared.telephony.numbers import e164

LOOK_SECS = 0.2  # between looks at a dial that another request makes


class KeyConflict(Exception):
    """The Idempotency-Key came with another order before."""


class TooManyDials(Exception):
    """Exotel takes no more dials for now; come back after `retry_after` seconds."""

    def __init__(self, retry_after: float, call_id: str = "") -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
        self.call_id = call_id


@dataclass(frozen=True, slots=True)
class _Attempt:
    call: KnownCall
    dial: Dial
    tokens: dict[Purpose, str]


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
        attempt = self._prepare(order)
        idempotency = Key(key, order.fingerprint) if key else None
        admission = await self._wait_for_a_place(attempt, idempotency)
        if isinstance(admission, Earlier):
            if not admission.same:
                raise KeyConflict
            return await self._outcome_of(admission.call)
        dialling = asyncio.create_task(self._place(attempt, idempotency), name="dial")
        self._dialling.add(dialling)
        dialling.add_done_callback(self._dialling.discard)
        return await asyncio.shield(dialling)

    async def finish(self, timeout: float) -> None:
        """Wait for the dials that are out; those without an answer in time are in doubt."""
        if self._dialling:
            await asyncio.wait(self._dialling, timeout=timeout)
        for dialling in list(self._dialling):
            dialling.cancel()
        await asyncio.gather(*self._dialling, return_exceptions=True)

    def _prepare(self, order: Order) -> _Attempt:
        asked = order.dialout_settings
        mode = asked.mode or self._settings.exotel_connect_mode
        if fault := fault_of_mode(self._settings, mode):
            raise BadOrder([f"dialout_settings.mode: {fault}"])
        if asked.phone_number == e164(self._settings.exotel_phone_number):
            raise BadOrder(["dialout_settings.phone_number: this is our own ExoPhone"])
        tokens = {Purpose.STATUS: new_token()}
        if mode is ConnectMode.VOICE_AI and not on_pipecat_cloud(self._settings):
            tokens[Purpose.SOCKET] = new_token()
        call = KnownCall(
            call_id=new_call_id(),
            direction=Direction.OUTBOUND,
            created_at=datetime.now(UTC),
            mode=mode,
            number=asked.phone_number,
            exophone=self._settings.exotel_phone_number,
            context=order.context_json,
            ring_secs=asked.time_out,
        )
        flow, voice_ai = mode is ConnectMode.FLOW, mode is ConnectMode.VOICE_AI
        socket = tokens.get(Purpose.SOCKET, "")
        try:
            dial = Dial(
                number=call.number,
                mode=mode,
                custom_field=call.call_id,
                flow_id=self._settings.exotel_flow_id if flow else "",
                stream_url=stream_url(self._settings, socket) if voice_ai else "",
                status_callback=status_callback(self._settings, tokens[Purpose.STATUS]),
                time_limit=asked.time_limit,
                time_out=asked.time_out,
                record=asked.record,
                recording_channels=asked.recording_channels,
            )
        except InvalidDial as error:
            raise BadOrder([f"dialout_settings: {error}"]) from error
        return _Attempt(call, dial, tokens)

    async def _wait_for_a_place(self, attempt: _Attempt, key: Key | None) -> Admitted | Earlier:
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

    async def _place(self, attempt: _Attempt, key: Key | None) -> KnownCall:
        call = attempt.call
        try:
            placed = await self._exotel.connect(attempt.dial)
        except RateLimited as error:
            await self._learn(call, _rejected(error))
            if key:
                await release(self._store, key)
            raise TooManyDials(error.retry_after, call.call_id) from error
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
    return Rejected(datetime.now(UTC), error.status, error.message, error.code, error.hint)
