"""What a flow asks when the bot has left: does a person take over, and who; and what they know."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from loguru import logger
from starlette.background import BackgroundTask

from shared.observability.logs import mask
from shared.observability.rate_limited_log import error as log_error
from shared.observability.rate_limited_log import warn
from shared.quoting import quoted
from shared.records.database.transactions import StoreError
from shared.records.exotel_events import from_passthru
from shared.records.store import Store
from shared.records.transfer import TransferRecord
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.errors import MalformedWebhook
from shared.telephony.webhook_payloads.passthru import (
    CONNECT_VERSION,
    FlowRequest,
    StreamReport,
    connect_answer,
    parse_passthru,
)
from shared.web.auth import applets_only, operators_only
from shared.web.body import is_identifier, read_fields

ANSWER_SECS = 0.7  # Exotel waits for longer, but the caller hears nothing meanwhile
MODEL_CHECKS_SECS = (
    0.0,
    0.1,
    0.1,
    0.2,
)  # seconds before each: a decision may still be on its way to the disk

TRANSFER, GO_ON = 302, 200  # which of its two ways a Passthru applet takes


def transfers(settings: Settings, capacity: Capacity) -> APIRouter:
    """The routes, for an app whose store is `app.state.store` while it runs."""
    router = APIRouter()
    for_exotel = [Depends(applets_only(settings, capacity))]
    for_operators = [Depends(operators_only(settings, capacity))]

    @router.api_route("/exotel/passthru", methods=["GET", "POST"], dependencies=for_exotel)
    async def passthru(request: Request) -> Response:
        store: Store = request.app.state.store
        asked = await _read(request)
        if asked is None:
            return Response(status_code=GO_ON)
        # Nobody follows the 302: it is the applet's word for its second way, without a Location.
        way = TRANSFER if await _is_promised(store, asked.call_sid) else GO_ON
        news = BackgroundTask(_file, store, asked, asked.stream) if asked.stream else None
        return Response(status_code=way, background=news)

    @router.get("/exotel/connect", dependencies=for_exotel)
    async def connect(request: Request) -> Mapping[str, object]:
        version = request.headers.get("exotel-version", CONNECT_VERSION)
        if version != CONNECT_VERSION:
            warn("Connect wants an answer of version {!r}", version[:20])
        asked = await _read(request)
        decided = await find_promise(request.app.state.store, asked.call_sid) if asked else None
        numbers = (decided.to or settings.transfer_numbers) if decided else ()
        if asked:
            whom = ", ".join(map(mask, numbers)) or "nobody"
            logger.info("call {} is to be connected with {}", asked.call_sid, whom)
        return connect_answer(
            numbers, ring_secs=settings.transfer_ring_secs, record=settings.transfer_record
        )

    @router.get("/handovers/{call_sid}", dependencies=for_operators)
    async def what_was_said(call_sid: str, request: Request) -> Mapping[str, object]:
        call_record = is_identifier(call_sid)
        transfer = await request.app.state.store.transfers.find(call_sid) if call_record else None
        if transfer is None:
            raise HTTPException(404, "nobody has decided to hand this call over")
        return {"call_sid": call_sid, **described(transfer)}

    return router


def described(transfer: TransferRecord) -> Mapping[str, object]:
    """A handover as operators read it; no numbers in `to` means those of TRANSFER_NUMBERS."""
    return {
        "to": list(transfer.to),
        "reason": transfer.reason or None,
        "summary": transfer.summary or None,
        "decided_at": transfer.decided_at.isoformat(timespec="milliseconds"),
    }


async def find_promise(store: Store, call_sid: str) -> TransferRecord | None:
    """The decision that a call is about to be handed over, if that is what comes next.

    It is in the store before the socket closes; should it be late, it is waited for a little. When
    the store fails, this process still knows what it has decided itself. Of other calls nobody
    knows then, and nobody is rung: most callers have finished, and those who were promised a
    person have the fallback URL of the Connect applet as a second try.

    Raises:
        StoreError: If nobody knows.
    """
    remembered = store.transfers.recall(call_sid)
    try:
        async with asyncio.timeout(ANSWER_SECS):
            for pause in MODEL_CHECKS_SECS:
                await asyncio.sleep(pause)
                decided = await store.transfers.find(call_sid) or remembered
                if decided and await _is_the_last_word(store, decided):
                    return decided
        return None
    except (StoreError, TimeoutError) as error:
        if remembered:
            return remembered
        raise StoreError(str(error) or f"no answer within {ANSWER_SECS:g} s") from error


async def _is_the_last_word(store: Store, decided: TransferRecord) -> bool:
    """Whether the bot hasn't had the caller again since, on another stream."""
    if not decided.stream_sid:
        return True
    calls = await store.with_sid(decided.call_sid)
    streams = {call.stream_sid for call in calls if call.stream_call_sid == decided.call_sid}
    return streams <= {decided.stream_sid}


async def _is_promised(store: Store, call_sid: str) -> bool:
    try:
        return await find_promise(store, call_sid) is not None
    except StoreError as error:
        log_error("the store doesn't say whether call {} is handed over: {}", call_sid, error)
        return False


async def _read(request: Request) -> FlowRequest | None:
    """What an applet says; None, and a line in the log, if it doesn't say of which call."""
    fields: dict[str, object] = dict(request.query_params)
    try:
        if request.method == "POST":
            fields |= await read_fields(request)
    except HTTPException as error:
        warn("the body of {} can't be read: {}", quoted(request.url.path), error.detail)
    try:
        return parse_passthru(fields)
    except MalformedWebhook as error:
        warn("what an applet sent to {} made no sense: {}", quoted(request.url.path), error)
        return None


async def _file(store: Store, asked: FlowRequest, stream: StreamReport) -> None:
    """Add what became of a stream to the record of its call, if there is one."""
    if not stream.status:
        logger.warning("how the stream of call {} ended made no sense", asked.call_sid)
    elif stream.status == "failed":
        logger.warning("the stream of call {} failed: {}", asked.call_sid, stream.error[:300])
    news = from_passthru(stream, asked.told_at or datetime.now(UTC))
    try:
        for call in await store.with_sid(asked.call_sid):
            with suppress(KeyError):  # its record has been deleted meanwhile
                await store.apply_event(call.call_id, news)
    except StoreError as error:
        logger.error("how the stream of call {} ended is lost: {}", asked.call_sid, error)
