"""The webhook `/exotel/passthru`: the way that a flow takes once our socket has closed."""

from contextlib import suppress
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from loguru import logger
from starlette.background import BackgroundTask

from shared.observability.rate_limited_log import error as log_error
from shared.records.database.transactions import StoreError
from shared.records.exotel_events import from_passthru
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.webhook_payloads.passthru import FlowRequest, StreamReport
from shared.web.auth import applets_only
from shared.web.webhooks.applet_request import read_applet_request
from shared.web.webhooks.pending_transfer import find_pending_transfer

TRANSFER, GO_ON = 302, 200  # which of its two ways a Passthru applet takes


def passthru(settings: Settings, capacity: Capacity) -> APIRouter:
    """The route, for an app whose store is `app.state.store` while it runs."""
    router = APIRouter()
    for_exotel = [Depends(applets_only(settings, capacity))]

    @router.api_route("/exotel/passthru", methods=["GET", "POST"], dependencies=for_exotel)
    async def choose_way(request: Request) -> Response:
        store: Store = request.app.state.store
        asked = await read_applet_request(request)
        if asked is None:
            return Response(status_code=GO_ON)
        # Nobody follows the 302: it is the applet's word for its second way, without a Location.
        way = TRANSFER if await _is_to_be_transferred(store, asked.call_sid) else GO_ON
        news = BackgroundTask(_record, store, asked, asked.stream) if asked.stream else None
        return Response(status_code=way, background=news)

    return router


async def _is_to_be_transferred(store: Store, call_sid: str) -> bool:
    try:
        return await find_pending_transfer(store, call_sid) is not None
    except StoreError as error:
        log_error("the store doesn't say whether call {} is transferred: {}", call_sid, error)
        return False


async def _record(store: Store, asked: FlowRequest, stream: StreamReport) -> None:
    """Add the end of a stream to the record of its call, if there is one."""
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
