"""The webhook `/exotel/voicebot`: the URL of a call's socket, for a Voicebot applet."""

from fastapi import APIRouter, Depends, HTTPException, Request

from shared.observability.rate_limited_log import warn
from shared.records.correlation import IncomingLeg
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.session.record_lookup import RecordLookup
from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.telephony.errors import MalformedWebhook
from shared.telephony.stream.audio import DEFAULT_SAMPLE_RATE
from shared.telephony.webhook_payloads.voicebot import VoicebotRequest, parse_voicebot
from shared.web.auth import applets_only
from shared.web.public_address import sockets_url


def voicebot(settings: Settings, capacity: Capacity, direction: Direction) -> APIRouter:
    """The route, for an app whose store is `app.state.store` while it runs."""
    router = APIRouter()

    @router.get("/exotel/voicebot", dependencies=[Depends(applets_only(settings, capacity))])
    async def voicebot_url(request: Request) -> dict[str, str]:
        try:
            asked = parse_voicebot(dict(request.query_params))
        except MalformedWebhook as error:
            raise HTTPException(400, str(error)) from error
        if why := capacity.refusal_reason:
            warn("gave no socket to call {}: {}", asked.call_sid, why)
            capacity.metrics.refusals[why] += 1
            raise HTTPException(503, "no place for this call")
        token = await _token(request.app.state.store, asked, direction)
        rate = settings.exotel_sample_rate or DEFAULT_SAMPLE_RATE
        return {"url": f"{sockets_url(request, settings)}/ws/{token}?sample-rate={rate}"}

    return router


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
