"""The tools that an LLM is given, and what its calls of them do."""

import inspect
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from pipecat.adapters.llm.schemas.function_schema import FunctionSchema
from pipecat.frames.frames import FunctionCallResultProperties
from pipecat.services.llm_service import FunctionCallParams

from shared.bot.persona import Persona
from shared.conversation.call_control import CallControl
from shared.conversation.speech.playout_marks import PlayoutMarkFrame
from shared.conversation.tools import (
    NO_TRANSFER,
    hang_up,
    instructions_of,
    tools_of,
    transfer,
)

BILLING, SALES = ("+918047112233",), ("+918047112244", "+918047112255")
TRANSFER_TARGETS = {"billing": BILLING, "sales": SALES}
EVERYBODY = Persona("You are Asha.", transfer_targets=TRANSFER_TARGETS)


async def look_up(params: FunctionCallParams) -> None:
    """A tool of a bot's own."""


@dataclass
class Actor:
    transfer_targets: dict[str, tuple[str, ...]] = field(default_factory=lambda: TRANSFER_TARGETS)
    can_transfer: bool = True
    did: list[tuple[Any, ...]] = field(default_factory=list)

    async def resumed(self) -> None:
        self.did.append(("waits",))

    async def hang_up(self, goodbye: str | None) -> None:
        self.did.append(("hang up", goodbye))

    async def transfer(self, reason: str, to: tuple[str, ...]) -> bool:
        self.did.append(("transfer", reason, to))
        return self.can_transfer


@dataclass
class Results:
    """What an LLM is told about its call, and whether it is to say something about it."""

    told: list[tuple[dict[str, str], bool]] = field(default_factory=list)

    async def __call__(
        self, result: Any, *, properties: FunctionCallResultProperties | None = None
    ) -> None:
        self.told.append((result, not properties or properties.run_llm is not False))


@dataclass
class LLMThatSpoke:
    """An LLM that has said something, and whose voice is quick."""

    said: str
    asked_to_finish: bool = False

    async def push_frame(self, frame: PlayoutMarkFrame) -> None:
        self.asked_to_finish = True
        frame.resolve()


def call(actor: Actor, results: Results, **arguments: Any) -> FunctionCallParams:
    return FunctionCallParams(
        function_name="",
        tool_call_id="1",
        arguments=arguments,
        llm=cast(Any, None),
        pipeline_worker=cast(Any, None),
        context=cast(Any, None),
        result_callback=results,
        app_resources=cast(CallControl, actor),
    )


def schemas(persona: Persona, *, can_transfer: bool) -> dict[str, FunctionSchema]:
    tools = tools_of(persona, can_transfer=can_transfer)
    return {tool.name: tool for tool in tools if isinstance(tool, FunctionSchema)}


def test_a_bots_own_tools_come_first() -> None:
    tools = tools_of(Persona("", tools=(look_up,)), can_transfer=True)
    assert inspect.unwrap(tools[0]) is look_up
    assert [tool.name for tool in tools[1:]] == ["hang_up", "transfer"]


async def test_a_bots_own_tool_waits_while_the_caller_may_go_on() -> None:
    actor = Actor()

    async def book(params: FunctionCallParams, day: str) -> dict[str, str]:
        actor.did.append(("books", day))
        return {"booked": day}

    own, *_ = tools_of(Persona("", tools=(book,)), can_transfer=True)
    results = Results()
    await own(params=call(actor, results), day="monday")
    assert actor.did == [("waits",), ("books", "monday")]
    assert results.told == [({"booked": "monday"}, True)]


def test_where_nobody_can_take_over_there_is_no_transfer_tool() -> None:
    assert list(schemas(EVERYBODY, can_transfer=False)) == ["hang_up"]


@pytest.mark.parametrize("name", ["hang_up", "transfer"])
def test_every_tool_and_parameter_is_explained(name: str) -> None:
    schema = schemas(EVERYBODY, can_transfer=True)[name]
    assert schema.description
    assert schema.handler is {"hang_up": hang_up, "transfer": transfer}[name]
    assert set(schema.required) <= set(schema.properties)
    for described in schema.properties.values():
        assert described["type"] == "string"
        assert described["description"]


def test_a_tools_required_parameters_are_those_it_needs() -> None:
    tools = schemas(EVERYBODY, can_transfer=True)
    assert tools["hang_up"].required == ["goodbye"]
    assert tools["transfer"].required == ["reason", "to"]
    assert schemas(Persona(""), can_transfer=True)["transfer"].required == ["reason"]


def test_the_llm_chooses_among_the_transfer_targets_there_are() -> None:
    assert schemas(EVERYBODY, can_transfer=True)["transfer"].properties["to"]["enum"] == [
        "billing",
        "sales",
    ]
    assert "to" not in schemas(Persona(""), can_transfer=True)["transfer"].properties


def test_the_instructions_of_a_bot_that_can_transfer_stay_as_they_are() -> None:
    assert instructions_of(EVERYBODY, can_transfer=True) == "You are Asha."


def test_the_instructions_of_a_bot_that_cannot_transfer_say_so() -> None:
    assert instructions_of(EVERYBODY, can_transfer=False) == f"You are Asha.\n{NO_TRANSFER}"


@pytest.mark.parametrize(
    ("arguments", "goodbye"),
    [({"goodbye": "Bye."}, "Bye."), ({}, ""), ({"goodbye": None}, ""), ({"goodbye": 7}, "7")],
)
async def test_the_hang_up_tool_says_the_llms_goodbye_and_asks_it_for_no_more(
    arguments: dict[str, Any], goodbye: str
) -> None:
    actor, results = Actor(), Results()
    await hang_up(call(actor, results, **arguments))
    assert actor.did == [("hang up", goodbye)]
    ((_, speaks),) = results.told
    assert not speaks


@pytest.mark.parametrize(
    ("said", "goodbye"),
    [
        ("Thank you for calling. Goodbye!", None),
        ("I have booked Tuesday.", "Thank you, goodbye."),
        ("", "Thank you, goodbye."),
    ],
)
async def test_a_goodbye_said_beside_the_hang_up_tool_is_not_said_again(
    said: str, goodbye: str | None
) -> None:
    llm = LLMThatSpoke(said)
    actor = Actor()
    params = call(actor, Results(), goodbye="Thank you, goodbye.")
    await hang_up(replace(params, llm=cast(Any, llm)))
    assert actor.did == [("hang up", goodbye)]
    assert llm.asked_to_finish == bool(said)


@pytest.mark.parametrize(
    ("to", "numbers"),
    [("billing", BILLING), ("sales", SALES), ("somebody", ()), ("", ()), (None, ())],
)
async def test_a_transfer_goes_to_the_target_that_the_llm_names(
    to: str | None, numbers: tuple[str, ...]
) -> None:
    actor, results = Actor(), Results()
    await transfer(call(actor, results, reason="an invoice", to=to))
    assert actor.did == [("transfer", "an invoice", numbers)]
    ((_, speaks),) = results.told
    assert not speaks


async def test_a_transfer_without_a_target_gets_somebody_too() -> None:
    actor = Actor()
    await transfer(call(actor, Results()))
    assert actor.did == [("transfer", "", ())]


async def test_the_transfer_tool_tells_the_llm_that_nobody_can_take_over() -> None:
    actor, results = Actor(can_transfer=False), Results()
    await transfer(call(actor, results, reason="an invoice"))
    ((told, speaks),) = results.told
    assert "nobody" in told["status"]
    assert speaks
