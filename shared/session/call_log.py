"""The two log lines of each call: its start and its end."""

from loguru import logger

from shared.observability.logs import mask
from shared.records.session_record import SessionRecord
from shared.telephony.direction import Direction
from shared.telephony.party_uri import party


def log_call_started(record: SessionRecord, rate: int, call_id: str) -> None:
    """Log that a call has begun; `rate` is in Hz."""
    logger.info(
        "call {}{} started: {}, from {} to {}, {} Hz",
        record.call_sid,
        f" ({call_id})" if record.direction is Direction.OUTBOUND else "",
        record.direction,
        mask(party(record.from_number)),
        mask(party(record.to_number)),
        rate,
    )


def log_call_ended(record: SessionRecord) -> None:
    """Log that a call is over, why, and how it went."""
    response = record.median_response
    failed = {"failures": dict(record.failures)} if record.failures else {}
    facts = logger.bind(
        reason=record.ending,
        duration=round(record.duration, 1),
        turns=record.turns,
        median_response=response and round(response, 3),
        **failed,
    )
    facts.log(
        "WARNING" if record.failures else "INFO",
        "call {} ended: {}, after {:.1f} s, {} turns, median response {}{}",
        record.call_sid,
        record.ending,
        record.duration,
        record.turns,
        "none" if response is None else f"{response:.2f} s",
        _oddities(record),
    )


def _oddities(record: SessionRecord) -> str:
    """The faults of Exotel's messages and of the providers, if there were any."""
    odd = [f"{kind} failed {times}x" for kind, times in record.failures.items()]
    if record.malformed or record.missing:
        odd.append(f"{record.malformed} malformed and {record.missing} missing messages")
    return "".join(f", {each}" for each in odd)
