"""The webhook `/exotel/status/{token}`: Exotel's reports how a dialled call goes."""

from fastapi import APIRouter, HTTPException, Request

from shared.observability.rate_limited_log import warn
from shared.records.apply_event import ForeignEvent
from shared.records.exotel_events import from_callback
from shared.records.store import Store
from shared.records.tokens import Purpose
from shared.runtime.capacity import Capacity
from shared.telephony.errors import MalformedWebhook
from shared.telephony.webhook_payloads.status_callback import parse_status
from shared.web.auth import too_many_failures
from shared.web.body import read_fields


def status_callback(capacity: Capacity) -> APIRouter:
    """The route, for an app whose store is `app.state.store` while it runs."""
    router = APIRouter()

    @router.post("/exotel/status/{token}")
    async def take_status(token: str, request: Request) -> dict[str, str]:
        store: Store = request.app.state.store
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

    return router
