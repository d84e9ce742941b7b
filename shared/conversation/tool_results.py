"""A bot's own tools: whatever they do, the LLM is told what came of it."""

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from functools import wraps
from typing import Any
from weakref import finalize

from loguru import logger
from pipecat.frames.frames import FunctionCallResultProperties
from pipecat.services.llm_service import FunctionCallParams, FunctionCallResultCallback

from shared.bot.persona import Tool

DONE = {"status": "done"}  # where a tool has nothing to tell


def with_result(tool: Tool) -> Tool:
    """The tool, and a result of it in any case.

    That is what it tells by `params.result_callback`, or what it returns. One that does neither is
    a mistake, unless something still holds the callback: a tool may return and tell later.
    """

    @wraps(tool)
    async def told(params: FunctionCallParams, **arguments: Any) -> None:
        progress = _Progress()
        report = _Report(params.result_callback, progress)
        _set_at_the_end_of(report, progress.settled)
        value = await _outcome(tool, replace(params, result_callback=report), arguments)
        if value is not None and not progress.told:
            await report(value)
        del report  # now only the tool can have it
        try:
            await progress.settled.wait()
        except asyncio.CancelledError:
            logger.error("the tool {} has returned, and told no result in time", tool.__name__)
            raise
        if not progress.told:
            logger.error(
                "the tool {} returned without a result: it must `return` one, or await "
                "params.result_callback(…) before it ends",
                tool.__name__,
            )
            await params.result_callback(DONE)

    return told


@dataclass(slots=True)
class _Progress:
    """What became of a call so far.

    Attributes:
        told: Whether there is a result.
        settled: Whether there is one, or nobody can tell it any more.
    """

    told: bool = False
    settled: asyncio.Event = field(default_factory=asyncio.Event)


class _Report:
    """A tool's `params.result_callback`."""

    def __init__(self, callback: FunctionCallResultCallback, progress: _Progress) -> None:
        self._callback = callback
        self._progress = progress

    async def __call__(
        self, result: Any, *, properties: FunctionCallResultProperties | None = None
    ) -> None:
        if properties is None or properties.is_final:
            self._progress.told = True
            self._progress.settled.set()
            result = tellable(result)
        await self._callback(result, properties=properties)


def tellable(result: Any) -> Any:
    """The result as JSON that isn't empty: Pipecat would never have the LLM answer to that."""
    if result is None:
        return DONE
    try:
        json.dumps(result)
    except (TypeError, ValueError, RecursionError):
        result = _as_json(result)
    return result or {"result": result}


def _as_json(result: Any) -> Any:
    try:
        return json.loads(json.dumps(result, default=_plain))
    except (TypeError, ValueError, RecursionError):
        return str(result)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return list(value) if isinstance(value, set | frozenset) else str(value)


async def _outcome(tool: Tool, params: FunctionCallParams, arguments: dict[str, Any]) -> Any:
    try:
        return await tool(params=params, **arguments)
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task and task.cancelling():
            raise
        # Of something that the tool waited for: to Pipecat, the call would never end.
        raise RuntimeError("what it waited for was cancelled") from error


def _set_at_the_end_of(report: _Report, settled: asyncio.Event) -> None:
    """Set the event when nobody holds the report any more."""
    loop = asyncio.get_running_loop()

    def end() -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settled.set)

    finalize(report, end).atexit = False
