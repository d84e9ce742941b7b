"""Every tool of a bot gets a result to the LLM, whatever its code does."""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from pipecat.adapters.llm.schemas.direct_function import DirectFunctionWrapper, tool_options
from pipecat.frames.frames import FunctionCallResultProperties
from pipecat.services.llm_service import FunctionCallParams

from shared.bot.persona import Tool
from shared.conversation.tool_results import tellable, with_result
from tests.support.virtual_time import in_virtual_time

LATER = 3.0  # seconds


@dataclass
class Told:
    """What Pipecat's callback was told."""

    results: list[Any] = field(default_factory=list)
    properties: list[FunctionCallResultProperties | None] = field(default_factory=list)

    async def __call__(
        self, result: Any, *, properties: FunctionCallResultProperties | None = None
    ) -> None:
        self.results.append(result)
        self.properties.append(properties)


async def run(tool: Tool, **arguments: Any) -> Told:
    told = Told()
    params = FunctionCallParams(
        function_name=tool.__name__,
        tool_call_id="1",
        arguments=arguments,
        llm=cast(Any, None),
        pipeline_worker=cast(Any, None),
        context=cast(Any, None),
        result_callback=told,
    )
    wrapper = DirectFunctionWrapper(with_result(tool))
    await wrapper.invoke(arguments, params)
    return told


def taken_errors(log: list[str]) -> list[str]:
    """Those in the log, which doesn't fail the test any more."""
    taken = [line for line in log if line.startswith("ERROR")]
    log[:] = [line for line in log if line not in taken]
    return taken


async def books(params: FunctionCallParams, day: str, seats: int = 2) -> None:
    """Book a table.

    Args:
        day: Such as Tuesday.
        seats: How many.
    """
    await params.result_callback({"booked": day, "seats": seats})


async def returns(params: FunctionCallParams) -> dict[str, bool]:
    return {"booked": True}


async def does_both(params: FunctionCallParams) -> str:
    await params.result_callback({"booked": True})
    return "and this"


async def tells_twice(params: FunctionCallParams) -> None:
    await params.result_callback({"booked": True})
    await params.result_callback({"booked": False})


async def forgets(params: FunctionCallParams) -> None:
    """Neither return nor tell anything."""


async def tells_later(params: FunctionCallParams) -> None:
    async def tell() -> None:
        await asyncio.sleep(LATER)
        await params.result_callback({"booked": True})

    TASKS.add(asyncio.create_task(tell()))


async def keeps_it(params: FunctionCallParams) -> None:
    KEPT.append(params)


async def waits_for_what_was_cancelled(params: FunctionCallParams) -> None:
    task = asyncio.create_task(asyncio.sleep(1.0))
    task.cancel()
    await task


async def fails(params: FunctionCallParams) -> None:
    raise LookupError("no such day")


TASKS: set[asyncio.Task[None]] = set()
KEPT: list[FunctionCallParams] = []


async def test_what_a_tool_tells_its_callback_is_its_result() -> None:
    assert (await run(books, day="Tuesday")).results == [{"booked": "Tuesday", "seats": 2}]
    assert (await run(does_both)).results == [{"booked": True}]
    assert (await run(tells_twice)).results[0] == {"booked": True}


async def test_what_a_tool_returns_is_its_result_too() -> None:
    assert (await run(returns)).results == [{"booked": True}]


async def test_a_tool_without_a_result_is_logged_by_name_and_is_done(log: list[str]) -> None:
    told = await run(forgets)
    assert told.results == [{"status": "done"}]
    (error,) = taken_errors(log)
    assert "forgets" in error
    assert "result_callback" in error


@in_virtual_time
async def test_a_tool_result_that_is_told_later_is_waited_for() -> None:
    assert (await run(tells_later)).results == [{"booked": True}]


async def test_a_tool_that_never_tells_its_result_is_logged_by_name_at_the_timeout(
    log: list[str],
) -> None:
    with pytest.raises(TimeoutError):  # as Pipecat's limit cancels it
        async with asyncio.timeout(0.05):
            await run(keeps_it)
    (error,) = taken_errors(log)
    assert "keeps_it" in error


async def test_a_tool_that_fails_raises_its_own_error() -> None:
    with pytest.raises(LookupError):
        await run(fails)


async def test_a_cancelling_within_a_tool_is_its_failure_and_does_not_cancel_it() -> None:
    with pytest.raises(RuntimeError):
        await run(waits_for_what_was_cancelled)


async def test_a_tool_that_is_cancelled_is_cancelled() -> None:
    async def waits(params: FunctionCallParams) -> None:
        await asyncio.Event().wait()

    running = asyncio.create_task(run(waits))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_the_properties_of_a_tool_result_are_kept() -> None:
    async def says_all(params: FunctionCallParams) -> None:
        await params.result_callback(
            [], properties=FunctionCallResultProperties(is_final=False, run_llm=True)
        )
        await params.result_callback(None, properties=FunctionCallResultProperties(run_llm=False))

    told = await run(says_all)
    assert told.results == [[], {"status": "done"}]  # only the last one is the result
    assert [p and p.run_llm for p in told.properties] == [True, False]


def test_the_llm_sees_the_tool_as_its_author_wrote_it() -> None:
    kept = tool_options(cancel_on_interruption=False, timeout_secs=60)(books)
    wrapped = DirectFunctionWrapper(with_result(kept))
    plain = DirectFunctionWrapper(books)
    assert wrapped.name == plain.name == "books"
    assert wrapped.to_function_schema().to_default_dict() == (
        plain.to_function_schema().to_default_dict()
    )
    options: Any = wrapped.function
    assert options._pipecat_cancel_on_interruption is False
    assert options._pipecat_timeout_secs == 60


@dataclass
class Booking:
    day: date
    seats: int


LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ({"booked": True}, {"booked": True}),
        ("Tuesday", "Tuesday"),
        (None, {"status": "done"}),
        ([], {"result": []}),
        ({}, {"result": {}}),
        ("", {"result": ""}),
        (0, {"result": 0}),
        (False, {"result": False}),
        ({"at": date(2026, 1, 2)}, {"at": "2026-01-02"}),
        (Decimal("1.5"), "1.5"),
        ({"Tuesday"}, ["Tuesday"]),
        (set(), {"result": []}),
        ((), {"result": ()}),
        (Booking(date(2026, 1, 2), 4), {"day": "2026-01-02", "seats": 4}),
        ({("a", "b"): 1}, "{('a', 'b'): 1}"),
        (LOOP, "[[...]]"),
    ],
)
def test_every_tool_result_says_something_and_is_json(result: Any, told: Any) -> None:
    assert tellable(result) == told
