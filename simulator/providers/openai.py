"""OpenAI's chat completions (`POST /v1/chat/completions`), streamed or whole."""

import asyncio
import json
from collections.abc import Iterable
from json import JSONDecodeError
from typing import Any, NoReturn

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from simulator.providers.behaviour import BlackHole, Drop, Garbage, Hang, Quote, Refuse, Stall
from simulator.providers.dialogue import Refusal
from simulator.providers.line import GARBAGE, Cut, first_of, quotation, refusal, sleep_until
from simulator.providers.observed import Cancelled, Completion
from simulator.providers.openai_messages import chunks, completion, deltas
from simulator.providers.providers import Providers


async def complete(request: Request, providers: Providers) -> Response:
    """Serve one request for an answer."""
    if request.client:
        providers.llm_peers.add(f"{request.client.host}:{request.client.port}")
    fault = providers.behaviour.llm
    if isinstance(fault, Refuse):
        return refusal(fault)
    if isinstance(fault, Quote):
        words = quotation(request.headers, (await request.body()).decode())
        error = {"message": words, "type": "invalid_request_error", "code": "invalid_api_key"}
        return JSONResponse({"error": error}, fault.status)
    if not request.headers.get("authorization", "").startswith("Bearer "):
        return refusal(Refuse(401))
    try:
        body = await request.json()
        asked = Completion(
            asyncio.get_running_loop().time(),
            body["model"],
            body["messages"],
            body.get("tools", ()),
            body.get("stream", False),
        )
    except (JSONDecodeError, UnicodeDecodeError, TypeError, KeyError):
        return refusal(Refuse(400))
    providers.requests.append(asked)
    return _Answering(providers, asked, body)


class _Answering(Response):
    """An answer that takes its time, and ends early when the client leaves or a fault says so."""

    def __init__(self, providers: Providers, asked: Completion, body: dict[str, Any]) -> None:
        super().__init__(media_type="text/event-stream" if asked.stream else "application/json")
        del self.headers["content-length"]
        self._providers = providers
        self._asked = asked
        self._with_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        self._complete = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._providers.connected("llm"):
            gone = _until_gone(receive)
            await first_of(self._answer(send), gone, self._providers.closing.wait())
        if not self._complete:
            now = asyncio.get_running_loop().time()
            self._providers.requests.append(Cancelled(now, "llm", ""))

    async def _answer(self, send: Send) -> None:
        began = asyncio.get_running_loop().time()
        due = began + self._providers.behaviour.latency("llm")
        if isinstance(self._providers.behaviour.llm, Hang | BlackHole):
            await self._never()
        answer = self._providers.reply(self._asked.messages)
        if isinstance(answer, Refusal):
            await sleep_until(due)
            await self._refuse(send, answer)
            return
        model = self._asked.model
        parts: Iterable[str] = [completion(model, answer)]
        if self._asked.stream:
            parts = chunks(model, answer, with_usage=self._with_usage)
        await sleep_until(due)
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        last = len(deltas(answer))
        for position, part in enumerate(parts):
            await sleep_until(due)
            await self._send_part(send, part, position, began)
            if 1 <= position < last:  # what is before and behind the tokens takes no time
                due += self._providers.behaviour.llm_token_interval
        self._complete = True
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _refuse(self, send: Send, refusal: Refusal) -> None:
        headers = {"content-type": "application/json", **refusal.headers}
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        body = json.dumps({"error": dict(refusal.error)}).encode()
        self._complete = True
        await send({"type": "http.response.start", "status": refusal.status, "headers": raw})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def _send_part(self, send: Send, part: str, position: int, began: float) -> None:
        fault = self._providers.behaviour.llm
        age = asyncio.get_running_loop().time() - began
        if isinstance(fault, Drop) and position >= fault.after_messages and age >= fault.after_secs:
            raise Cut
        if isinstance(fault, Hang | BlackHole) or (
            isinstance(fault, Stall) and position >= fault.after
        ):
            await self._never()
        text = GARBAGE if isinstance(fault, Garbage) else part
        framed = f"data: {text}\n\n" if self._asked.stream else text
        await send(_body(framed.encode()))

    async def _never(self) -> NoReturn:
        await self._providers.closing.wait()
        raise Cut


def _body(data: bytes) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": True}


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
