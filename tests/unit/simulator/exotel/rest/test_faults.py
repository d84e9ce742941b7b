"""Faults of the simulated Exotel's API: errors, cut connections, delays and garbage."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence

import httpx
import pytest

from simulator.exotel import (
    KNOWN,
    Busy,
    CutConnection,
    Delay,
    Exchange,
    Fault,
    Faults,
    Garbage200,
    Http,
    Mix,
    RateLimit,
    RoundRobin,
    run_exchange,
)
from simulator.exotel.rest.faults import Garbage
from tests.support.bots import eventually
from tests.support.exotel_client import PERSON, QUICK, connect, get, voice_ai

OTHER = "+919900000001"


def number(nth: int) -> str:
    return f"+9198123{nth:05}"


async def statuses(exchange: Exchange, *numbers: str) -> list[int]:
    return [
        (await connect(exchange, voice_ai(exchange, From=number))).status_code for number in numbers
    ]


@pytest.mark.parametrize("rings", [False, True])
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 429, 500, 503, 504])
async def test_a_dial_may_be_answered_with_an_error_though_the_phone_rings(
    status: int, rings: bool
) -> None:
    faults = Faults(connect=Http(status, "Out of order; ", code=35008, rings=rings))
    async with run_exchange(speed=QUICK, default_person=Busy(), faults=faults) as exchange:
        response = await connect(exchange, voice_ai(exchange))
        xml = await connect(exchange, voice_ai(exchange), suffix="")
        await exchange.idle()
    exception = {"Status": status, "Message": "Out of order; ", "Code": 35008}
    assert (response.status_code, response.json()) == (status, {"RestException": exception})
    assert "<Message>Out of order; </Message><Code>35008</Code>" in xml.text
    assert exchange.rung(PERSON) == len(exchange.calls) == (2 if rings else 0)


async def test_an_api_error_may_have_any_body_and_a_retry_after() -> None:
    fault = Http(429, body="<html>slow down</html>", retry_after=7)
    async with run_exchange(speed=QUICK, faults=Faults(connect=fault)) as exchange:
        response = await connect(exchange, voice_ai(exchange))
    assert response.text == "<html>slow down</html>"
    assert response.headers["Retry-After"] == "7"


@pytest.mark.parametrize("rings", [False, True])
async def test_a_dial_request_may_be_cut_before_or_after_the_phone_rings(rings: bool) -> None:
    faults = Faults(connect=CutConnection(rings=rings))
    async with run_exchange(speed=QUICK, default_person=Busy(), faults=faults) as exchange:
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    assert exchange.rung(PERSON) == rings


@pytest.mark.parametrize("rings", [False, True])
async def test_a_dial_that_times_out_may_have_placed_a_call(rings: bool) -> None:
    faults = Faults(connect=Delay(30.0, rings=rings))
    async with run_exchange(speed=QUICK, default_person=Busy(), faults=faults) as exchange:
        with pytest.raises(httpx.ReadTimeout):
            await connect(exchange, voice_ai(exchange), timeout=0.2)
        await eventually(lambda: len(exchange.calls) == rings)
        await exchange.idle()
        assert exchange.rung(PERSON) == len(exchange.calls) == rings


async def test_a_slow_dial_answer_comes_after_the_call_has_begun() -> None:
    faults = Faults(connect=Delay(0.3))
    async with run_exchange(speed=QUICK, default_person=Busy(), faults=faults) as exchange:
        response = await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    assert response.elapsed.total_seconds() >= 0.3
    assert response.json()["Call"]["Sid"] == exchange.calls[0].sid


async def test_closing_the_exchange_does_not_wait_for_slow_answers() -> None:
    loop = asyncio.get_running_loop()
    async with run_exchange(faults=Faults(connect=Delay(30.0))) as exchange:
        asking = asyncio.create_task(connect(exchange, voice_ai(exchange)))
        await eventually(lambda: bool(exchange.calls))
        began = loop.time()
    assert loop.time() - began < 0.9
    await asyncio.gather(asking, return_exceptions=True)


@pytest.mark.parametrize("kind", ["html", "empty", "truncated", "no-sid", "exception"])
async def test_a_dial_answered_with_200_may_hold_anything(kind: Garbage) -> None:
    faults = Faults(connect=Garbage200(kind))
    async with run_exchange(speed=QUICK, default_person=Busy(), faults=faults) as exchange:
        response = await connect(exchange, voice_ai(exchange))
        await exchange.idle()
    assert response.status_code == 200
    assert exchange.rung(PERSON) == 1
    match kind:
        case "no-sid":
            assert response.json() == {"Call": {"Status": "in-progress"}}
        case "exception":
            assert response.json()["RestException"]["Status"] == 500
        case _:
            with pytest.raises(ValueError, match="Expecting|Unterminated"):
                json.loads(response.text)


async def test_one_phone_number_may_have_a_fault_of_its_own() -> None:
    faults = Faults(connect=Http(500), numbers={OTHER: Http(403), number(1): None})
    async with run_exchange(speed=QUICK, faults=faults) as exchange:
        assert await statuses(exchange, PERSON, OTHER, number(1)) == [500, 403, 200]


async def test_faults_may_come_in_turn_for_each_phone_number() -> None:
    faults = Faults(connect=RoundRobin((Http(503), None, Http(500))))
    async with run_exchange(speed=QUICK, faults=faults) as exchange:
        assert await statuses(exchange, PERSON, PERSON, PERSON, PERSON) == [503, 200, 500, 200]
        assert await statuses(exchange, OTHER) == [503]


async def mixed(seed: int, numbers: Sequence[str]) -> dict[str, int]:
    faults = Faults(connect=Mix({Http(503): 0.3, Http(400): 0.3}))
    async with run_exchange(speed=1000, seed=seed, faults=faults) as exchange:
        return dict(zip(numbers, await statuses(exchange, *numbers), strict=True))


async def test_a_mix_of_faults_depends_on_the_seed_and_not_on_the_order() -> None:
    numbers = [number(nth) for nth in range(40)]
    drawn = await mixed(1, numbers)
    assert set(Counter(drawn.values())) == {200, 400, 503}
    assert await mixed(1, numbers[::-1]) == drawn
    assert await mixed(2, numbers) != drawn


async def test_the_rate_limit_is_real() -> None:
    faults = Faults(rate_limit=RateLimit(per_minute=3))
    async with run_exchange(speed=QUICK, faults=faults) as exchange:
        assert await statuses(exchange, *(number(nth) for nth in range(4))) == [200] * 3 + [429]
        response = await connect(exchange, voice_ai(exchange))
        assert (await get(exchange, "Calls.json")).status_code == 200
    assert 50 < int(response.headers["Retry-After"]) <= 60
    assert response.json()["RestException"]["Message"] == (
        "Rate limit exceeded. Max 3 requests per minute."
    )
    assert len(exchange.calls) == 3


@pytest.mark.parametrize("name", ["details", "listing", "streams"])
@pytest.mark.parametrize("fault", [Http(503), Http(404), Delay(0.2), Garbage200(), None])
async def test_requests_for_call_details_lists_and_streams_can_fail_too(
    name: str, fault: Fault | None
) -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        await connect(exchange, voice_ai(exchange))
        setattr(exchange.faults, name, RoundRobin((fault,)))
        path = {
            "details": f"Calls/{exchange.calls[0].sid}.json",
            "listing": "Calls.json",
            "streams": "ActiveStreams",
        }[name]
        first, second = [await get(exchange, path) for _ in range(2)]
    match fault:
        case Http(status):
            assert first.status_code == status
        case Delay(seconds):
            assert first.elapsed.total_seconds() >= seconds
        case Garbage200():
            assert "<h1>" in first.text
        case None:
            assert first.text == second.text
    assert second.status_code == 200
    assert exchange.rung(PERSON) == 1


async def test_call_details_may_be_cut_off() -> None:
    async with run_exchange(speed=QUICK, default_person=Busy()) as exchange:
        await connect(exchange, voice_ai(exchange))
        exchange.faults.details = CutConnection()
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            await get(exchange, f"Calls/{exchange.calls[0].sid}.json")


def test_every_dial_fault_says_whether_the_phone_rings() -> None:
    rings = {name for name, fault in KNOWN.items() if fault.rings}
    assert {name for name in KNOWN if name.endswith("-but-rings")} < rings
    assert not {"no-kyc", "dnd", "unavailable", "timeout", "cut"} & rings
