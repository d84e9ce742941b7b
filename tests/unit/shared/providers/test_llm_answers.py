"""Words, tool calls and errors of an LLM's answer, whichever vendor's it is."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pipecat.frames.frames import (
    ErrorFrame,
    FunctionCallInProgressFrame,
    FunctionCallsStartedFrame,
    InterruptionFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMTextFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext, LLMContextMessage
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.llm_service import FunctionCallParams
from pipecat.utils.errors import ErrorCategory
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shared.bot.persona import Persona
from shared.conversation.tools import tools_of
from shared.providers.catalogue import LLM
from shared.providers.llm_answers import MOST_IN_VAIN, ChecksAnswers
from shared.providers.llm_context_limit import FitsContext
from shared.providers.llm_output.stream import NoAnswer
from shared.providers.selection import Providers as Rows
from shared.settings.settings import Settings
from simulator.http_server import listen_at, serving
from simulator.providers import Behaviour, Cancelled, Completion, Deltas, Hang, Providers, ToolCall
from simulator.providers.dialogue import Answer
from tests.support.bots import eventually
from tests.support.vendors import Line, build, environment, on_the_line, row

ANSWER = "We open at nine."
ASKED: LLMContextMessage = {"role": "user", "content": "When do you open?"}
MEERA = {"name": "Meera"}


@pytest.fixture(autouse=True)
def log() -> list[str]:
    """Here errors are what it is about."""
    return []


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test learns from another one how a model thinks."""
    monkeypatch.setattr(ChecksAnswers, "_headless", {})


async def lookup(params: FunctionCallParams, name: str = "") -> dict[str, str]:
    """Look somebody up."""
    return {"found": name}


@dataclass
class Asked:
    """What came of a question."""

    line: Line
    errors: list[ErrorFrame] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "".join(frame.text for frame in self.line.of(LLMTextFrame))

    @property
    def calls(self) -> list[tuple[str, dict[str, Any]]]:
        started = self.line.of(FunctionCallsStartedFrame)
        return [(c.function_name, dict(c.arguments)) for f in started for c in f.function_calls]

    @property
    def failed(self) -> bool:
        assert len(self.errors) <= 1
        return bool(self.errors)


@asynccontextmanager
async def asking(llm: FrameProcessor, *messages: LLMContextMessage) -> AsyncIterator[Asked]:
    """Ask the LLM while its answer is wanted."""
    tools = tools_of(Persona("", tools=(lookup,)), can_transfer=False)
    context = LLMContext([*(messages or [ASKED])], tools=tools)
    async with on_the_line(llm) as line:
        asked = Asked(line)

        async def take(_: object, error: ErrorFrame) -> None:
            if error.category is not ErrorCategory.APPLICATION:  # nobody is there to hang up
                asked.errors.append(error)

        line.worker.add_event_handler("on_pipeline_error", take)
        await line.worker.queue_frame(LLMContextFrame(context))
        yield asked


@pytest.fixture
def env(tmp_path: Path, providers: Providers) -> dict[str, str]:
    providers.behaviour = Behaviour(llm_latency=0.0, llm_token_interval=0.0)
    return {**environment(tmp_path), **providers.env}


async def ask(
    answer: Answer, providers: Providers, env: dict[str, str], *messages: LLMContextMessage
) -> Asked:
    providers.reply = lambda _: answer
    async with asking(build("LLM", "openai", env), *messages) as asked:
        await asked.line.until(lambda: asked.line.of(LLMFullResponseEndFrame))
        if not asked.said or asked.failed:
            await eventually(lambda: bool(asked.errors or asked.calls))
    return asked


def call(index: int, id_: str, name: str | None, arguments: str) -> dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    return {"index": index, "id": id_, "type": "function", "function": function}


def test_every_llm_service_checks_its_answers(env: dict[str, str]) -> None:
    for name in set(LLM) - {"scripted"}:
        assert isinstance(build("LLM", name, env), FitsContext), name


async def test_llm_words_come_without_reasoning(providers: Providers, env: dict[str, str]) -> None:
    asked = await ask(f"<think>They want hours.</think>{ANSWER}", providers, env)
    assert asked.said == ANSWER
    assert not asked.failed


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " \n",
        "😊",
        "...",
        "\u200b",
        "<think>They want hours.",
        "<think>They want hours.</think>\n",
        "<|eot_id|>",
        Deltas([], "length"),
        Deltas([], "content_filter"),
        Deltas([{"reasoning_content": "They want hours."}]),
        Deltas([{"content": None}, {"refusal": "No."}]),
        '<function=lookup>{"name": "Meera"}</function>',
        '{"name": "lookup", "arguments": {"name": "Meera"}}',
        ToolCall("lookup", '{"name": "Mee'),
        ToolCall("lookup", "Meera"),
        ToolCall("lookup", "[1]"),
        ToolCall("", "{}"),
        (ToolCall("lookup", MEERA), ToolCall("lookup", '{"name"')),
        (ToolCall("lookup", '{"name"'), ToolCall("hang_up")),
    ],
)
async def test_an_unusable_llm_answer_is_an_error_that_says_so(
    answer: Answer, providers: Providers, env: dict[str, str]
) -> None:
    asked = await ask(answer, providers, env)
    (error,) = asked.errors
    assert isinstance(error.exception, NoAnswer)
    assert asked.said == ""
    assert asked.calls == []
    assert error.processor and error.processor.is_usable
    assert "Meera" not in error.error  # nothing that was said is logged


async def test_an_interrupted_llm_answer_is_no_error(
    providers: Providers, env: dict[str, str]
) -> None:
    providers.behaviour = Behaviour(llm=Hang())
    async with asking(build("LLM", "openai", env)) as asked:
        await eventually(lambda: bool(providers.asked(Completion)))
        await asked.line.worker.queue_frame(InterruptionFrame())
        await eventually(lambda: bool(providers.asked(Cancelled)))
        await asyncio.sleep(0.05)
    assert not asked.errors


@pytest.mark.parametrize(
    ("answer", "calls"),
    [
        (ToolCall("lookup", MEERA), [MEERA]),
        ([" \n", ToolCall("lookup", MEERA)], [MEERA]),
        (["😊", ToolCall("lookup", MEERA)], [MEERA]),
        ([ToolCall("lookup", MEERA), "\n"], [MEERA]),
        (
            (ToolCall("lookup", MEERA), ToolCall("lookup", {"name": "Ravi"})),
            [MEERA, {"name": "Ravi"}],
        ),
        (["<tool_call>lookup</tool_call>", ToolCall("lookup", MEERA)], [MEERA]),
        (ToolCall("lookup", "null"), [{}]),
        (ToolCall("lookup", ""), [{}]),
        (ToolCall("lookup", json.dumps(json.dumps(MEERA))), [MEERA]),
        # Several calls in one delta, and calls that only differ in their ids.
        (
            Deltas([{"tool_calls": [call(0, "a", "lookup", "{}"), call(1, "b", "lookup", "{}")]}]),
            [{}, {}],
        ),
        (
            Deltas([{"tool_calls": [call(0, id_, "lookup", "{}")]} for id_ in ("a", "b")]),
            [{}, {}],
        ),
        # The name and the id once more with each piece; an index that begins at 1.
        (
            Deltas(
                [
                    {"tool_calls": [call(1, "a", "lookup", part)]}
                    for part in ('{"name":', '"Meera"}')
                ]
            ),
            [MEERA],
        ),
        (
            Deltas(
                [
                    {"tool_calls": [call(0, "a", "lookup", "")]},
                    {"tool_calls": [call(0, "", None, '{"name": ')], "content": None},
                    {"tool_calls": [call(0, "", None, '"Meera"}')]},
                ]
            ),
            [MEERA],
        ),
    ],
)
async def test_tool_calls_are_read_however_they_are_streamed(
    answer: Answer, calls: Sequence[dict[str, Any]], providers: Providers, env: dict[str, str]
) -> None:
    asked = await ask(answer, providers, env)
    assert asked.calls == [("lookup", arguments) for arguments in calls]
    assert asked.said == ""
    assert not asked.failed


@pytest.mark.parametrize(
    ("answer", "goodbye"),
    [
        (ToolCall("hang_up", '{"goodbye": "Thank you for ca'), ""),
        (ToolCall("hang_up", "Bye."), ""),
        ('<function=hang_up>{"goodbye": "Bye."}</function>', "Bye."),
        ("hang_up", ""),
    ],
)
async def test_a_hang_up_tool_call_hangs_up_however_it_is_written(
    answer: Answer, goodbye: str, providers: Providers, env: dict[str, str]
) -> None:
    asked = await ask(answer, providers, env)
    assert asked.calls == [("hang_up", {"goodbye": goodbye})]
    assert not asked.failed


async def test_words_beside_a_tool_call_come_before_it(
    providers: Providers, env: dict[str, str]
) -> None:
    providers.reply = lambda _: ["Let me look", ToolCall("lookup", MEERA)]
    async with asking(build("LLM", "openai", env)) as asked:
        await asked.line.until(lambda: asked.line.of(FunctionCallInProgressFrame))
    kinds = [type(f) for f in asked.line.frames]
    assert asked.said == "Let me look"
    assert kinds.index(FunctionCallInProgressFrame) > kinds.index(LLMFullResponseEndFrame)


def called(count: int) -> list[LLMContextMessage]:
    messages: list[LLMContextMessage] = [ASKED]
    for number in range(count):
        made: Any = [call(0, f"c{number}", "lookup", "{}")]
        messages.append({"role": "assistant", "tool_calls": made})
        messages.append({"role": "tool", "tool_call_id": f"c{number}", "content": "{}"})
    return messages


async def test_the_llm_has_to_answer_after_so_many_tool_calls(
    providers: Providers, env: dict[str, str]
) -> None:
    asked = await ask(ANSWER, providers, env, *called(7))
    assert providers.asked(Completion)[-1].tools
    asked = await ask(ANSWER, providers, env, *called(8))
    assert asked.said == ANSWER
    assert not providers.asked(Completion)[-1].tools
    asked = await ask(ToolCall("lookup", MEERA), providers, env, *called(8))
    assert asked.calls == []
    assert isinstance(asked.errors[0].exception, NoAnswer)
    many = [ToolCall("lookup", {"name": str(n)}) for n in range(5)]
    asked = await ask([*many, ToolCall("hang_up")], providers, env, *called(6))
    assert [name for name, _ in asked.calls] == ["lookup", "lookup", "hang_up"]


async def test_a_persona_may_allow_more_tool_calls(env: dict[str, str]) -> None:
    services = Rows.choose(Settings.parse(env)).build(Persona("", max_tool_calls=20))
    assert isinstance(services.llm, ChecksAnswers)
    assert services.llm.max_tool_calls == 20
    with pytest.raises(ValueError, match="max_tool_calls"):
        Persona("", max_tool_calls=0)


async def test_an_llm_that_only_closes_its_reasoning_is_found_out(
    providers: Providers, env: dict[str, str]
) -> None:
    headless = f"Nine, I think.</think>{ANSWER}"
    asked = await ask(headless, providers, env)
    assert ANSWER not in asked.said
    assert isinstance(asked.errors[0].exception, NoAnswer)
    assert (await ask(headless, providers, env)).said == ANSWER
    for _ in range(MOST_IN_VAIN):
        assert (await ask(ANSWER, providers, env)).said == ANSWER
    assert ANSWER not in (await ask(headless, providers, env)).said  # it was forgotten


async def test_an_llm_whose_name_says_that_it_reasons_is_known(
    providers: Providers, env: dict[str, str]
) -> None:
    reasoner = {**env, "OPENAI_MODEL": "deepseek-r1"}
    assert (await ask(f"Nine.</think>{ANSWER}", providers, reasoner)).said == ANSWER


async def test_an_llm_inference_on_the_side_comes_without_reasoning(
    providers: Providers, env: dict[str, str]
) -> None:
    providers.reply = lambda _: '<think>Who?</think>{"who": "person"}'
    llm = build("LLM", "openai", env)
    assert isinstance(llm, ChecksAnswers)
    async with on_the_line(llm):
        assert await llm.run_inference(LLMContext([ASKED])) == '{"who": "person"}'


@pytest.mark.parametrize(
    ("parts", "said", "calls"),
    [
        ([{"text": "<think>Hours?</think>We open "}, {"text": "at nine."}], ANSWER, []),
        ([{"text": "Hours?", "thought": True}, {"text": ANSWER}], ANSWER, []),
        ([{"text": " \n"}, {"functionCall": {"name": "lookup", "args": MEERA}}], "", [MEERA]),
        ([{"text": ""}], "", None),
        ([{"text": "😊"}], "", None),
        ([{"text": '{"name": "lookup"}'}], "", None),
    ],
)
async def test_gemini_s_llm_answers_are_checked_too(
    parts: list[dict[str, Any]],
    said: str,
    calls: list[dict[str, Any]] | None,
    env: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row("LLM", "google")

    async def generate(request: Request) -> Response:
        events = (
            json.dumps({"candidates": [{"content": {"role": "model", "parts": [part]}}]})
            for part in parts
        )
        text = "".join(f"data: {event}\r\n\r\n" for event in events)
        return Response(text, media_type="text/event-stream")

    listener = listen_at("127.0.0.1", 0)
    app = Starlette(routes=[Route("/{path:path}", generate, methods=["POST"])])
    async with serving(app, listener):
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", address)
        async with asking(build("LLM", "google", env)) as asked:
            await asked.line.until(lambda: asked.line.of(LLMFullResponseEndFrame))
            if not said:
                await eventually(lambda: bool(asked.errors or asked.calls))
    assert asked.said == said
    assert asked.calls == [("lookup", arguments) for arguments in calls or ()]
    assert bool(asked.errors) == (calls is None)
