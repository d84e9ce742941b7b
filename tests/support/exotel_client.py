"""A client of the exchange's REST, and the server of ours that it calls back."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.exotel import Exchange
from simulator.http_server import listen_at, serving

PERSON = "+919812345678"
NOWHERE = "ws://127.0.0.1:9/ws"  # the discard port: nobody listens
QUICK = 200.0  # speed of an exchange whose waits are not what a test is about


def base(exchange: Exchange) -> str:
    return f"{exchange.url}/v1/Accounts/{exchange.account.sid}"


def voice_ai(exchange: Exchange, url: str = NOWHERE, **more: str) -> dict[str, str]:
    fields = {"From": PERSON, "CallerId": exchange.account.exophone}
    return {**fields, "StreamUrl": url, "StreamType": "bidirectional", **more}


def to_flow(exchange: Exchange, flow_id: str, **more: str) -> dict[str, str]:
    url = f"http://my.exotel.com/{exchange.account.sid}/exoml/start_voice/{flow_id}"
    return {"From": PERSON, "CallerId": exchange.account.exophone, "Url": url, **more}


def two_numbers(exchange: Exchange, **more: str) -> dict[str, str]:
    exophone = exchange.account.exophone
    return {"From": exophone, "To": PERSON, "CallerId": exophone, "CallType": "trans", **more}


@asynccontextmanager
async def client(exchange: Exchange, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    auth = exchange.account.api_key, exchange.account.api_token
    defaults = {"auth": auth, "verify": False, "trust_env": False, "timeout": 10}
    async with httpx.AsyncClient(**{**defaults, **options}) as http:
        yield http


async def connect(
    exchange: Exchange, fields: Mapping[str, str], *, suffix: str = ".json", **options: Any
) -> httpx.Response:
    async with client(exchange, **options) as http:
        return await http.post(f"{base(exchange)}/Calls/connect{suffix}", data=fields)


async def get(exchange: Exchange, path: str, **query: str) -> httpx.Response:
    async with client(exchange) as http:
        return await http.get(f"{base(exchange)}/{path}", params=query or None)


@dataclass(frozen=True)
class Received:
    """A request the exchange made."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: Headers
    body: bytes
    form: dict[str, str]

    @property
    def parameters(self) -> dict[str, str]:
        return dict(self.query)


@dataclass
class Hook:
    """A server for callbacks and applets; its answers come in turn, the last one stays."""

    url: str
    answers: list[Response]
    received: list[Received] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        form = {}
        if request.headers.get("content-type", "").startswith("multipart/"):
            form = {name: str(value) for name, value in (await request.form()).items()}
        received = Received(
            request.method,
            request.url.path,
            request.query_params.multi_items(),
            request.headers,
            body,
            form,
        )
        self.received.append(received)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@asynccontextmanager
async def hook(*answers: Response) -> AsyncIterator[Hook]:
    listener = listen_at("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    served = Hook(url, list(answers) or [Response("OK")])
    route = Route("/{path:path}", served.answer, methods=["GET", "POST"])
    async with serving(Starlette(routes=[route]), listener):
        yield served


class Late(JSONResponse):
    """An answer that comes too late for some."""

    def __init__(self, content: Any, seconds: float) -> None:
        super().__init__(content)
        self._seconds = seconds

    async def __call__(self, *args: Any) -> None:
        await asyncio.sleep(self._seconds)
        await super().__call__(*args)
