"""The operators' route `/handovers/{call_sid}`: what the person who takes over should know."""

from collections.abc import Mapping

from fastapi import APIRouter, Depends, HTTPException, Request

from shared.runtime.capacity import Capacity
from shared.settings.settings import Settings
from shared.telephony.identifiers import is_identifier
from shared.web.auth import operators_only
from shared.web.responses import transfer_response


def transfers(settings: Settings, capacity: Capacity) -> APIRouter:
    """The route, for an app whose store is `app.state.store` while it runs."""
    router = APIRouter()

    @router.get("/handovers/{call_sid}", dependencies=[Depends(operators_only(settings, capacity))])
    async def read_transfer(call_sid: str, request: Request) -> Mapping[str, object]:
        transfers = request.app.state.store.transfers
        transfer = await transfers.find(call_sid) if is_identifier(call_sid) else None
        if transfer is None:
            raise HTTPException(404, "nobody has decided to hand this call over")
        return {"call_sid": call_sid, **transfer_response(transfer)}

    return router
