"""The life of a call, from being placed to its last callback, in each of Connect's modes."""

import asyncio
from dataclasses import replace

from simulator.exotel.callbacks.delivery import tell
from simulator.exotel.calls.bridging import talk
from simulator.exotel.calls.calls import Call, Leg, Status
from simulator.exotel.calls.people import Reached, scenario_of
from simulator.exotel.calls.ringing import dial
from simulator.exotel.calls.streaming import stream
from simulator.exotel.clock import now
from simulator.exotel.exotel import Exchange
from simulator.exotel.flows.flow_runner import walk
from simulator.exotel.numbers import e164
from simulator.exotel.rest.connect_request import Order


def place(exchange: Exchange, order: Order, fields: dict[str, str]) -> Call:
    """Begin a call; it lives on by itself."""
    call = Call(order=order, exophone=exchange.account.exophone, fields=fields)
    call.recorded = order.records
    exchange.calls.append(call)
    exchange.spawn(_live(exchange, call))
    return call


def come_in(exchange: Exchange, number: str) -> Call:
    """Let somebody ring the ExoPhone, whose flow takes the call at once; it lives on by itself.

    Whoever is at the number lives their scenario with the bot; nobody answers but the flow.
    """
    exophone = exchange.account.exophone
    order = Order(
        mode="incoming",
        person=e164(number),
        from_number=number,
        to_number=exophone,
        caller_id=exophone,
        flow_id=exchange.exophone_flow(),
    )
    return place(exchange, order, {})


async def _live(exchange: Exchange, call: Call) -> None:
    status: Status = "failed"
    try:
        match call.mode:
            case "two-numbers":
                status = await _two_numbers(exchange, call)
            case "flow" | "voice-ai":
                status = await _person_first(exchange, call)
            case "incoming":
                status = await _came_in(exchange, call)
    except asyncio.CancelledError:
        call.told.set()
        raise
    finally:
        _end(exchange, call, status)
    tell(exchange, call, "terminal")
    if not call.callbacks:
        call.told.set()


async def _person_first(exchange: Exchange, call: Call) -> Status:
    """Ring the person; once they answer, the bot or the flow has them."""
    reached = await dial(exchange, call, call.number, ring_secs=call.order.time_out)
    if not reached:
        return call.legs[0].status or "failed"
    _answered(exchange, call)
    if call.mode == "voice-ai":
        record = call.order.records
        await stream(exchange, call, call.order.stream_url, scenario_of(reached), record=record)
    else:
        flow, flow_id = exchange.flows[call.order.flow_id], call.order.flow_id
        await walk(exchange, call, flow, scenario_of(reached), flow_id=flow_id)
    return "completed"


async def _came_in(exchange: Exchange, call: Call) -> Status:
    """Let the flow take somebody who is on the phone already."""
    flow_id = call.order.flow_id
    if flow_id not in exchange.flows:
        return "failed"
    _answered(exchange, call)
    scenario = scenario_of(exchange.person(call.number))
    await walk(exchange, call, exchange.flows[flow_id], scenario, flow_id=flow_id)
    return "completed"


async def _two_numbers(exchange: Exchange, call: Call) -> Status:
    """Ring From, which may be our own ExoPhone, and once it is up ring To."""
    flow_id = exchange.exophone_flow()
    if e164(call.order.from_number) != e164(call.exophone):
        first = await dial(exchange, call, call.order.from_number, ring_secs=call.order.time_out)
        reached = await _ring_second(exchange, call) if first else None
        if reached:
            await talk(exchange, call, reached)
    elif flow_id in exchange.flows:
        leg = Leg(number=e164(call.exophone), answered_at=now())
        call.legs.append(leg)
        await _through_exophone(exchange, call, flow_id)
    return _status_of_two(exchange, call)


async def _through_exophone(exchange: Exchange, call: Call, flow_id: str) -> None:
    """Let the ExoPhone's flow take the call that rings it; the bot is there before the person."""
    order = replace(call.order, mode="incoming", to_number=call.exophone, custom_field="")
    incoming = Call(order=order, exophone=call.exophone, parent=call, answered_at=now())
    incoming.deadline = _deadline(call)
    incoming.recorded = call.recorded
    call.incoming = incoming
    exchange.calls.append(incoming)

    async def ringing() -> bool:
        return await _ring_second(exchange, call) is not None

    scenario = scenario_of(exchange.person(call.number))
    try:
        flow = exchange.flows[flow_id]
        await walk(exchange, incoming, flow, scenario, flow_id=flow_id, ringing=ringing)
    finally:
        _end(exchange, incoming, "completed")


async def _ring_second(exchange: Exchange, call: Call) -> Reached | None:
    reached = await dial(exchange, call, call.number, ring_secs=call.order.time_out)
    if reached:
        _answered(exchange, call)
    return reached


def _answered(exchange: Exchange, call: Call) -> None:
    call.answered_at = call.updated_at = now()
    call.deadline = _deadline(call)
    tell(exchange, call, "answered")


def _deadline(call: Call) -> float:
    return asyncio.get_running_loop().time() + call.order.time_limit


def _status_of_two(exchange: Exchange, call: Call) -> Status:
    """Say how two legs ended in one word: as the second did, if there was one."""
    if len(call.legs) < 2:
        first = call.legs[0].status if call.legs else ""
        return first or "failed"
    if call.answered_at or exchange.behaviour.completed_whatever_leg_2:
        return "completed"
    # The bot hung up while the person's phone was ringing.
    status = call.legs[1].status
    return status if status and status != "canceled" else "no-answer"


def _end(exchange: Exchange, call: Call, status: Status) -> None:
    call.end(status)
    exchange.transcript.note("call over", call.sid, call.number, mode=call.mode, status=status)
