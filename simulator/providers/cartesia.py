"""Cartesia's speech (`WS /tts/websocket`): contexts of sentences, spoken by a computed voice."""

import asyncio
from typing import Any

from starlette.websockets import WebSocket

from simulator.providers.behaviour import Quote, Refuse
from simulator.providers.cartesia_messages import error, problem_with
from simulator.providers.context import Context
from simulator.providers.line import Line, quotation, refusal
from simulator.providers.observed import Cancelled, Speaking
from simulator.providers.providers import Providers


async def synthesise(websocket: WebSocket, providers: Providers) -> None:
    """Serve one speech connection."""
    if not websocket.headers.get("x-api-key") or not websocket.headers.get("cartesia-version"):
        await websocket.send_denial_response(refusal(Refuse(401)))
        return
    line = Line(websocket, providers, "tts")
    if await line.accept():
        await line.serve(_Synthesis(line).run())


class _Synthesis:
    """One connection's contexts, each with the task that speaks it."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._requests = line.providers.requests
        self._contexts: dict[str, tuple[Context, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Obey the client until it leaves."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                request = await self._line.receive()
                if isinstance(request, bytes):
                    continue
                context_id = request.get("context_id", "")
                if request.get("cancel"):
                    self._cancel(context_id)
                elif problem := problem_with(request) or self._quotation(request):
                    await self._line.answer().send(error(context_id, problem))
                else:
                    self._say(context_id, request, tasks)

    def _quotation(self, request: dict[str, Any]) -> str | None:
        if not isinstance(self._line.providers.behaviour.tts, Quote):
            return None
        return quotation(self._line.websocket.headers, request.get("transcript", ""))

    def _say(self, context_id: str, request: dict[str, Any], tasks: asyncio.TaskGroup) -> None:
        speaking = Speaking(
            at=asyncio.get_running_loop().time(),
            context_id=context_id,
            transcript=request.get("transcript", ""),
            more_follows=request.get("continue", False),
            model=request["model_id"],
            voice=request["voice"]["id"],
            language=request.get("language", ""),
            output_format=request["output_format"],
        )
        self._requests.append(speaking)
        if context_id not in self._contexts:
            context = Context(self._line, context_id)
            self._contexts[context_id] = context, tasks.create_task(self._speak(context))
        self._contexts[context_id][0].requests.put_nowait(speaking)

    async def _speak(self, context: Context) -> None:
        await context.speak()
        del self._contexts[context.id]

    def _cancel(self, context_id: str) -> None:
        now = asyncio.get_running_loop().time()
        self._requests.append(Cancelled(now, "tts", context_id))
        if context_id in self._contexts:
            _, task = self._contexts.pop(context_id)
            task.cancel()
