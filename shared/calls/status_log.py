"""The line in the log when a dialled call stands somewhere else than before."""

from loguru import logger

from shared.calls.known import KnownCall
from shared.calls.status import Status
from shared.logs import mask


def log_status(call: KnownCall) -> None:
    """Say where it stands, and why if that is bad news."""
    facts = logger.bind(call_id=call.call_id, call_sid=call.call_sid, status=call.status)
    say = facts.warning if call.status in (Status.REJECTED, Status.UNKNOWN) else facts.info
    refused = call.refusal if call.status is Status.REJECTED else None
    say(
        "call {} ({} to {}{}) is {}{}{}",
        call.call_id,
        call.mode,
        mask(call.number),
        f", {call.call_sid}" if call.call_sid else "",
        call.status,
        f": {call.reason}" if call.reason else "",
        f" (HTTP {refused.status} {refused.code}; {refused.hint})" if refused else "",
    )
