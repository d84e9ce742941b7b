"""What Exotel asks and tells us over HTTP: which socket takes a call, and how a call goes."""

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from loguru import logger

from shared.observability.rate_limited_log import warn
from shared.records.apply_event import ForeignEvent
from shared.records.correlation import IncomingLeg
from shared.records.database.transactions import BadValue, StoreError
from shared.records.exotel_events import from_callback
from shared.records.store import Store
from shared.records.tokens import Purpose
from shared.runtime.capacity import Capacity
from shared.session.record_lookup import RecordLookup
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.telephony.errors import MalformedWebhook
from shared.telephony.stream.audio import DEFAULT_SAMPLE_RATE
from shared.telephony.webhook_payloads.status_callback import (
    VoicebotRequest,
    parse_status,
    parse_voicebot,
)
from shared.web.auth import applets_only, too_many_failures
from shared.web.body import read_fields
from shared.web.public_address import sockets_url

RETRY = {"Retry-After": "5"}


def add_webhooks(
    app: FastAPI, settings: Settings, capacity: Capacity, direction: Direction
) -> None:
    """Add the routes to an app whose store is `app.state.store` while it runs."""

    @app.post("/exotel/status/{token}")
    async def take_status(token: str, request: Request) -> dict[str, str]:
        store: Store = app.state.store
        call_id = await store.tokens.call_of(token, Purpose.STATUS)
        if call_id is None:
            warn("refused a status callback: its token is unknown or expired")
            capacity.metrics.refusals["callback"] += 1
            if secs := too_many_failures(request):
                raise HTTPException(429, "no call waits for news", {"Retry-After": str(secs)})
            raise HTTPException(403, "no call waits for news under this address")
        try:
            update = parse_status(await read_fields(request))
        except MalformedWebhook as error:
            warn("a status callback of call {} made no sense: {}", call_id, error)
            raise HTTPException(400, str(error)) from error
        try:
            call_record = await store.apply_event(call_id, from_callback(update))
        except ForeignEvent as error:
            warn("refused a status callback of call {}: {}", call_id, error)
            capacity.metrics.refusals["callback"] += 1
            raise HTTPException(403, "this address is another call's") from error
        except KeyError as error:
            raise HTTPException(403, "the call of this address is forgotten") from error
        if call_record.status.over:
            capacity.release(call_id)
        return {"status": "ok"}

    @app.get("/exotel/voicebot", dependencies=[Depends(applets_only(settings, capacity))])
    async def voicebot_url(request: Request) -> dict[str, str]:
        try:
            asked = parse_voicebot(dict(request.query_params))
        except MalformedWebhook as error:
            raise HTTPException(400, str(error)) from error
        if why := capacity.refusal_reason:
            warn("gave no socket to call {}: {}", asked.call_sid, why)
            capacity.metrics.refusals[why] += 1
            raise HTTPException(503, "no place for this call")
        token = await _token(app.state.store, asked, direction)
        rate = settings.exotel_sample_rate or DEFAULT_SAMPLE_RATE
        return {"url": f"{sockets_url(request, settings)}/ws/{token}?sample-rate={rate}"}

    @app.exception_handler(BadValue)
    async def bad_value(request: Request, error: BadValue) -> JSONResponse:
        logger.warning("refused a request: {}", error)
        return JSONResponse({"detail": f"this can't be kept on record: {error}"}, 422)

    @app.exception_handler(StoreError)
    async def store_failed(request: Request, error: StoreError) -> JSONResponse:
        if not app.state.store.database.failing:  # which says so itself, now and then
            logger.error("the database failed: {}", error)
        return JSONResponse({"detail": "the database can't be used now"}, 503, RETRY)


async def _token(store: Store, asked: VoicebotRequest, direction: Direction) -> str:
    leg = IncomingLeg(
        call_sid=asked.call_sid,
        from_number=asked.from_number,
        to_number=asked.to_number,
        custom={"CustomField": asked.custom_field},
        direction=asked.direction,
    )
    async with RecordLookup(store, leg, direction) as lookup:
        call_record = lookup.call_record
    return await store.tokens.issue_socket_token(
        call_record.call_id if call_record else "", asked.call_sid
    )
