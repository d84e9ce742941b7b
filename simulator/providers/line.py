"""A websocket to one client, with the provider's present fault applied to all that is sent."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from json import JSONDecodeError
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from simulator.providers.behaviour import BlackHole, Drop, Garbage, Hang, Provider, Refuse, Stall
from simulator.providers.providers import Providers

GARBAGE = '{"type": "\x00'


class Cut(Exception):
    """The connection ends here, without a word."""


class Line:
    """One websocket of one provider; every answer on it is sent through `Answer`."""

    def __init__(self, websocket: WebSocket, providers: Providers, provider: Provider) -> None:
        self.websocket = websocket
        self.providers = providers
        self._provider = provider
        self._opened = asyncio.get_running_loop().time()
        self._sent = 0

    async def accept(self) -> bool:
        """Take the connection if the fault lets it; else let the client feel the fault."""
        fault = self.providers.behaviour.fault(self._provider)
        if isinstance(fault, Refuse):
            await self.websocket.send_denial_response(refusal(fault))
            return False
        if isinstance(fault, BlackHole):
            await _until_gone(self.websocket)
            return False
        await self.websocket.accept()
        return True

    async def serve(self, *conversation: Coroutine[Any, Any, None]) -> None:
        """Hold the conversation until a part of it is over, the client leaves or a fault cuts."""
        with self.providers.connected(self._provider):
            await first_of(*conversation, self._until_cut())

    async def receive(self) -> bytes | dict[str, Any]:
        """Wait for the client's next message: sound, or the fields of what it asks for.

        A text that is no JSON object has no fields.

        Raises:
            WebSocketDisconnect: If the client has left.
        """
        message = await self.websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message["code"])
        text = message.get("text")
        return _fields(text) if text is not None else message["bytes"]

    async def send(self, message: dict[str, Any], position: int) -> None:
        """Send the message that has this position in its answer, as far as the fault lets it.

        Raises:
            Cut: If the line is to be dropped after this message.
        """
        fault = self.providers.behaviour.fault(self._provider)
        if isinstance(fault, Hang | BlackHole):
            return
        if isinstance(fault, Stall) and position >= fault.after:
            return
        garbled = isinstance(fault, Garbage)
        await self.websocket.send_text(GARBAGE if garbled else json.dumps(message))
        self._sent += 1
        if isinstance(fault, Drop) and self._is_due(fault):
            raise Cut

    def answer(self) -> "Answer":
        """Begin an answer."""
        return Answer(self)

    def _is_due(self, drop: Drop) -> bool:
        age = asyncio.get_running_loop().time() - self._opened
        return age >= drop.after_secs and self._sent >= drop.after_messages

    async def _until_cut(self) -> None:
        while True:
            fault = self.providers.behaviour.fault(self._provider)
            due = None
            if isinstance(fault, Drop) and self._sent >= fault.after_messages:
                due = self._opened + fault.after_secs
            try:
                async with asyncio.timeout_at(due):
                    await self.providers.behaviour_changed()
            except TimeoutError:
                return


class Answer:
    """The messages that belong to one request, counted so that a fault can stop half-way."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._position = 0

    async def send(self, message: dict[str, Any]) -> None:
        """Send the next message of this answer."""
        await self._line.send(message, self._position)
        self._position += 1


def refusal(fault: Refuse) -> Response:
    """What a provider answers when it turns a client away."""
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    message = f"simulated refusal ({fault.status})"
    error = {"message": message, "type": "simulated", "param": None, "code": None}
    return JSONResponse({"error": error}, fault.status, headers)


def quotation(headers: Mapping[str, str], words: str) -> str:
    """What a provider says that quotes the key it was given and the words it was sent."""
    keys = (headers.get("authorization"), headers.get("x-api-key"))
    return f"Incorrect API key provided: {next(filter(None, keys), '')}. You sent: {words}"


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except JSONDecodeError:
        return {}
    return fields if isinstance(fields, dict) else {}


async def _until_gone(websocket: WebSocket) -> None:
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


async def first_of(*coroutines: Coroutine[Any, Any, object]) -> None:
    """Run all until the first is done; a client that leaves or a cut ends them quietly."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in done:
        try:
            task.result()
        except* (Cut, WebSocketDisconnect):
            pass


async def sleep_until(due: float) -> None:
    """Wait for a time of the event loop's clock, which may have passed."""
    await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
