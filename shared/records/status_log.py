"""The log line of a dialled call whose status has changed."""

from loguru import logger

from shared.observability.logs import mask
from shared.records.call_events import Rejected
from shared.records.call_record import CallRecord
from shared.records.call_status import Status


def log_status(call: CallRecord) -> None:
    """Log the status, and the reason if that is bad news."""
    facts = logger.bind(call_id=call.call_id, call_sid=call.call_sid, status=call.status)
    say = facts.warning if call.status in (Status.REJECTED, Status.UNKNOWN) else facts.info
    refused = call.refusal if call.status is Status.REJECTED else None
    reason = refused.message if refused else call.reason
    say(
        "call {} ({} to {}{}) is {}{}{}",
        call.call_id,
        call.mode,
        mask(call.number),
        f", {call.call_sid}" if call.call_sid else "",
        call.status,
        f": {reason}" if reason else "",
        f" ({_why(refused)})" if refused else "",
    )


def _why(refused: Rejected) -> str:
    """The status, and what there is of Exotel's code and of a hint: both may be missing."""
    code = f", code {refused.code}" if refused.code else ""
    hint = f"; {refused.hint}" if refused.hint else ""
    return f"HTTP {refused.status}{code}{hint}"
