"""The webhook `/exotel/connect`: the numbers that a Connect applet rings for a transfer."""

from collections.abc import Mapping

from fastapi import APIRouter, Depends, Request
from loguru import logger

from shared.observability.logs import mask
from shared.observability.rate_limited_log import warn
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.webhook_payloads.connect_applet import CONNECT_VERSION, connect_answer
from shared.web.auth import applets_only
from shared.web.webhooks.applet_request import read_applet_request
from shared.web.webhooks.pending_transfer import find_pending_transfer


def connect_applet(settings: Settings, capacity: Capacity) -> APIRouter:
    """The route, for an app whose store is `app.state.store` while it runs."""
    router = APIRouter()

    @router.get("/exotel/connect", dependencies=[Depends(applets_only(settings, capacity))])
    async def connect(request: Request) -> Mapping[str, object]:
        version = request.headers.get("exotel-version", CONNECT_VERSION)
        if version != CONNECT_VERSION:
            warn("Connect wants an answer of version {!r}", version[:20])
        asked = await read_applet_request(request)
        store = request.app.state.store
        decided = await find_pending_transfer(store, asked.call_sid) if asked else None
        numbers = (decided.to or settings.transfer_numbers) if decided else ()
        if asked:
            whom = ", ".join(map(mask, numbers)) or "nobody"
            logger.info("call {} is to be connected with {}", asked.call_sid, whom)
        return connect_answer(
            numbers, ring_secs=settings.transfer_ring_secs, record=settings.transfer_record
        )

    return router
