"""Requests of the demo to an outbound bot: POST /start and GET /calls/{id}."""

import shlex
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.commands.start_request import Ordering
from simulator.http_server import listen_at, serving

ORDER = {"dialout_settings": {"phone_number": "+919876543210"}}


class Bot:
    """Answers as an outbound bot does, and remembers what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.keys: list[str] = []
        self.orders: list[object] = []
        self.records = [
            {"ended_at": None, "ending": None},
            {"ended_at": "2026-11-20T12:00:20.000+00:00", "ending": None},
            {"ended_at": "2026-11-20T12:00:20.000+00:00", "ending": "bot hung up"},
        ]

    async def start(self, request: Request) -> Response:
        self.keys.append(request.headers["authorization"])
        self.orders.append(await request.json())
        return JSONResponse({"call_id": "ours"})

    async def record(self, request: Request) -> Response:
        if request.path_params["call_id"] != "ours":
            return Response(status_code=404)
        return JSONResponse(self.records.pop(0))


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    listener = listen_at("127.0.0.1", 0)
    bot = Bot(f"http://127.0.0.1:{listener.getsockname()[1]}")
    routes = [
        Route("/start", bot.start, methods=["POST"]),
        Route("/calls/{call_id}", bot.record),
    ]
    async with serving(Starlette(routes=routes), listener):
        yield bot


async def test_a_start_request_carries_the_api_key(bot: Bot) -> None:
    answer = await Ordering(bot.url, "our-key").start(ORDER)
    assert answer.json() == {"call_id": "ours"}
    assert (bot.keys, bot.orders) == (["Bearer our-key"], [ORDER])


async def test_a_call_record_is_read_once_it_is_complete(bot: Bot) -> None:
    record = await Ordering(bot.url, "our-key").record("ours")
    assert record["ending"] == "bot hung up"
    assert bot.records == []


async def test_a_missing_call_record_is_an_error(bot: Bot) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        await Ordering(bot.url, "our-key").record("theirs")


def test_the_printed_curl_commands_are_what_a_shell_takes() -> None:
    ordering = Ordering("http://bot.test", "our-key")
    start = shlex.split(ordering.start_command(ORDER).replace("\\\n", ""))
    assert start == [
        *("curl", "-X", "POST", "http://bot.test/start"),
        *("-H", "Authorization: Bearer our-key", "-H", "Content-Type: application/json"),
        *("-d", '{"dialout_settings": {"phone_number": "+919876543210"}}'),
    ]
    assert shlex.split(ordering.record_command("ours")) == [
        *("curl", "-H", "Authorization: Bearer our-key", "http://bot.test/calls/ours")
    ]
