"""Ringing a person, until they answer or it is clear that they won't."""

import asyncio

from simulator.exotel.callbacks.delivery import tell
from simulator.exotel.calls.calls import Call, Leg, Status
from simulator.exotel.calls.people import (
    Answers,
    Busy,
    Declines,
    NoAnswer,
    Person,
    Reached,
    Unreachable,
    Voicemail,
)
from simulator.exotel.clock import now
from simulator.exotel.exotel import Exchange
from simulator.exotel.numbers import e164


async def dial(
    exchange: Exchange, call: Call, number: str, *, ring_secs: float | None = None
) -> Reached | None:
    """Add a leg to a call: dial a number and wait for what comes of it.

    Returns whoever has picked up, or None; the leg's status says why. If the wait is cancelled,
    because the other side is gone, the phone stops ringing and the leg is `canceled`.
    """
    leg = Leg(number=e164(number))
    call.legs.append(leg)
    exchange.rings[leg.number] += 1
    person = exchange.person(number)
    exchange.transcript.note("dialled", call.sid, leg.number)
    try:
        patience = exchange.behaviour.ring_secs if ring_secs is None else ring_secs
        reached, status = await _ring(exchange, call, person, patience)
    except asyncio.CancelledError:
        _end(exchange, call, leg, "canceled")
        raise
    if status:
        _end(exchange, call, leg, status)
        return None
    leg.answered_at = now()
    leg.answered_by = "MACHINE" if isinstance(reached, Voicemail) else "HUMAN"
    exchange.transcript.note("answered", call.sid, leg.number, by=leg.answered_by.lower())
    return reached


async def _ring(
    exchange: Exchange, call: Call, person: Person, patience: float
) -> tuple[Reached | None, Status | None]:
    match person:
        case Busy():
            return None, "busy"
        case Unreachable():
            return None, "failed"
    tell(exchange, call, "ringing")
    match person:
        case Answers(after=after) | Voicemail(after=after) if after <= patience:
            await exchange.clock.sleep(after)
            return person, None
        case Declines(after) if after <= patience:
            await exchange.clock.sleep(after)
            return None, "busy"
        case Answers() | Voicemail() | Declines() | NoAnswer():
            await exchange.clock.sleep(patience)
    return None, "no-answer"


def _end(exchange: Exchange, call: Call, leg: Leg, status: Status) -> None:
    leg.end(status)
    exchange.transcript.note("not reached", call.sid, leg.number, status=status)
