"""The Connect applet: it asks a URL whom to dial, and connects the caller with them."""

import json
from typing import Any, Literal

import httpx

from simulator.exotel.calls.bridging import talk
from simulator.exotel.calls.calls import Call, Leg
from simulator.exotel.calls.people import Reached
from simulator.exotel.calls.ringing import dial
from simulator.exotel.exotel import Exchange
from simulator.exotel.flows.applet_requests import Parameters, ask
from simulator.exotel.flows.flows import Connect
from simulator.exotel.numbers import is_number

TIMEOUT = 5.0  # seconds, as reported; Exotel documents none
VERSION = "1.0"  # of the answer; sent as Exotel-Version
MAX_FETCHES = 10  # of an answer with fetch_after_attempt

Outcome = Literal["answered", "nobody answered", "nobody dialled"]


async def connect(
    exchange: Exchange, call: Call, applet: Connect, parameters: Parameters
) -> tuple[Outcome, tuple[Leg, ...]]:
    """Dial one number after the other until somebody answers; returns the legs too."""
    before = len(call.legs)
    for _ in range(MAX_FETCHES):
        answer = await _ask_whom(exchange, call, applet, parameters)
        numbers = _numbers(answer)
        again = bool(answer.get("fetch_after_attempt"))
        for number in numbers[:1] if again else numbers:
            reached = await dial(
                exchange, call, number, ring_secs=_secs(answer, "max_ringing_duration")
            )
            if reached:
                await _converse(exchange, call, reached, answer)
                return "answered", tuple(call.legs[before:])
        if not numbers or not again:
            break
    legs = tuple(call.legs[before:])
    return "nobody answered" if legs else "nobody dialled", legs


async def _converse(
    exchange: Exchange, call: Call, reached: Reached, answer: dict[str, Any]
) -> None:
    await talk(exchange, call, reached, at_most=_secs(answer, "max_conversation_duration"))
    call.legs[-1].end("completed")


async def _ask_whom(
    exchange: Exchange, call: Call, applet: Connect, parameters: Parameters
) -> dict[str, Any]:
    """Ask the primary URL, then the fallback; nothing if neither gives a usable answer."""
    for url in filter(None, (applet.url, applet.fallback_url)):
        response = await ask(exchange, call, url, parameters, timeout=TIMEOUT, version=VERSION)
        if response is not None and response.status_code == httpx.codes.OK:
            answer = _read(response)
            if answer is not None:
                return answer
    return {}


def _read(response: httpx.Response) -> dict[str, Any] | None:
    try:
        answer = json.loads(response.text)
    except ValueError:
        return None
    destination = answer.get("destination") if isinstance(answer, dict) else None
    numbers = destination.get("numbers") if isinstance(destination, dict) else None
    return answer if isinstance(numbers, list) else None


def _numbers(answer: dict[str, Any]) -> list[str]:
    numbers = answer.get("destination", {}).get("numbers", [])
    return [number for number in numbers if isinstance(number, str) and is_number(number)]


def _secs(answer: dict[str, Any], name: str) -> float | None:
    value = answer.get(name)
    return float(value) if isinstance(value, int | float) and value > 0 else None
