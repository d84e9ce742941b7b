"""Status callbacks on their way to the bot, with everything that can happen to them there."""

import httpx

from simulator.exotel.callbacks.body import encode, fields_of, is_wanted
from simulator.exotel.calls.calls import Call, Delivery
from simulator.exotel.clock import now
from simulator.exotel.exotel import Exchange
from simulator.exotel.rest.connect_request import EventType


def tell(exchange: Exchange, call: Call, event: EventType) -> None:
    """Send a status callback if this event is told; returns at once."""
    if not is_wanted(call, event, exchange.callbacks):
        return
    previous = call.callbacks[-1] if call.callbacks else None
    deliveries = _make(exchange, call, event)
    call.callbacks += deliveries
    if not exchange.callbacks.reordered:
        for delivery in deliveries:
            exchange.spawn(_deliver(exchange, call, delivery, previous))
    elif event == "terminal":
        previous = None
        for delivery in reversed(call.callbacks):
            exchange.spawn(_deliver(exchange, call, delivery, previous))
            previous = delivery


def _make(exchange: Exchange, call: Call, event: EventType) -> list[Delivery]:
    """Write the callback, twice if it is doubled; decide whether it gets lost."""
    callbacks = exchange.callbacks
    chance = exchange.random("callback", call.number, exchange.rung(call.number), event)
    lost, doubled = chance.random() < callbacks.lost, chance.random() < callbacks.doubled
    asked = callbacks.content_type or call.order.callback_content_type
    fields = fields_of(call, event, callbacks)
    body, content_type = encode(fields, asked)
    return [
        Delivery(
            event=event,
            url=call.order.status_callback,
            content_type=content_type,
            fields=fields,
            body=body,
            lost=lost,
        )
        for _ in range(2 if doubled and not lost else 1)
    ]


async def _deliver(
    exchange: Exchange, call: Call, delivery: Delivery, previous: Delivery | None
) -> None:
    """Try until the bot says 2xx, or patience ends; the one before gets its first try first."""
    try:
        if previous:
            await previous.attempted.wait()
        if not delivery.lost:
            await exchange.clock.sleep(exchange.callbacks.late)
            delivery.sent_at = now()
            await _attempt(exchange, call, delivery)
    finally:
        delivery.attempted.set()
        call.told.set()
    for wait in exchange.callbacks.retries:
        if delivery.lost or delivery.taken:
            return
        await exchange.clock.sleep(wait)
        await _attempt(exchange, call, delivery)


async def _attempt(exchange: Exchange, call: Call, delivery: Delivery) -> None:
    try:
        response = await exchange.http.post(
            delivery.url,
            content=delivery.body,
            headers={"Content-Type": delivery.content_type},
            timeout=exchange.callbacks.timeout,
        )
        answer, problem = response.status_code, ""
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        answer, problem = None, repr(error)
    delivery.answers.append(answer)
    exchange.transcript.note(
        "callback",
        call.sid,
        call.number,
        event=delivery.event,
        url=delivery.url,
        fields=delivery.fields,
        answer=answer,
        problem=problem,
    )
