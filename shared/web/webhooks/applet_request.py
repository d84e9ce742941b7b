"""The request of an applet that follows our socket in a flow, read leniently."""

from fastapi import HTTPException, Request

from shared.observability.rate_limited_log import warn
from shared.quoting import quoted
from shared.telephony.errors import MalformedWebhook
from shared.telephony.webhook_payloads.passthru import FlowRequest, parse_passthru
from shared.web.body import read_fields


async def read_applet_request(request: Request) -> FlowRequest | None:
    """The request; None, and a line in the log, if it doesn't say of which call."""
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
