"""Tool calls in an LLM's answer: unreadable arguments, written hang-ups and their limit."""

import json
from typing import Any

import pytest
from pipecat.frames.frames import FunctionCallFromLLM
from pipecat.processors.aggregators.llm_context import LLMContext, LLMContextMessage

from shared.providers.llm_output.tool_calls import (
    UnreadableArguments,
    calls_since_the_caller,
    read_arguments,
    read_hang_up,
    with_own_ids,
    without_tools,
)

TOOLS = frozenset({"hang_up", "lookup"})
MEERA = {"name": "Meera"}
SAID: LLMContextMessage = {"role": "user", "content": "Who is it?"}


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (json.dumps(MEERA), MEERA),
        (json.dumps(json.dumps(MEERA)), MEERA),
        ("", {}),
        (" ", {}),
        ("null", {}),
        ("[]", {}),
        ('""', {}),
        ('{"name": "Meera"}\n', MEERA),
    ],
)
def test_tool_call_arguments_are_an_object_or_none(text: str, arguments: dict[str, Any]) -> None:
    assert read_arguments("lookup", text) == arguments


@pytest.mark.parametrize(
    "text", ['{"name": "Mee', "{", "Meera", "[1]", '"Meera"', "7", "true", "[" * 100_000]
)
def test_other_tool_call_arguments_cant_be_read(text: str) -> None:
    with pytest.raises(UnreadableArguments, match="lookup"):
        read_arguments("lookup", text)


@pytest.mark.parametrize(
    ("text", "goodbye"),
    [
        ('{"goodbye": "Bye.', ""),
        ('{"goodbye": "Thank you. Bye."', "Thank you. Bye."),
        ('{"goodbye": "She said \\"bye\\".\\nBye.", "rea', 'She said "bye". Bye.'),
        ("Bye.", ""),
        ("{'goodbye': 'Bye.'}", "Bye."),
        ("7", ""),
    ],
)
def test_a_hang_up_tool_call_is_always_understood(text: str, goodbye: str) -> None:
    assert read_arguments("hang_up", text) == {"goodbye": goodbye}


@pytest.mark.parametrize(
    "text",
    [
        '<function=hang_up>{"goodbye": "Bye."}</function>',
        '{"name": "hang_up", "arguments": {"goodbye": "Bye."}}',
        'hang_up(goodbye="Bye.")',
        "<function=hang_up><parameter=goodbye>\nBye.\n</parameter>",
        "<hang_up><goodbye>Bye.</goodbye></hang_up>",
    ],
)
def test_a_hang_up_tool_call_can_be_written_as_text(text: str) -> None:
    assert read_hang_up(text, TOOLS) == {"goodbye": "Bye."}


@pytest.mark.parametrize(
    "text", ["lookup()", 'lookup(name="Meera") hang_up()', '{"goodbye": "Bye."}', "hang_upper()"]
)
def test_other_tool_calls_cant_be_written_as_text(text: str) -> None:
    assert read_hang_up(text, TOOLS) is None


def call(id_: str) -> FunctionCallFromLLM:
    return FunctionCallFromLLM("lookup", id_, {}, None)


def called(*ids: str) -> LLMContextMessage:
    calls: Any = [{"id": id_, "type": "function", "function": {}} for id_ in ids]
    return {"role": "assistant", "tool_calls": calls}


def test_every_tool_call_has_an_id_of_its_own() -> None:
    calls = with_own_ids([call("a"), call("a"), call(""), call("b")], [SAID, called("b")])
    ids = [call.tool_call_id for call in calls]
    assert ids[0] == "a"
    assert len({*ids, "b"}) == 5
    assert all(ids)


def test_tool_calls_are_counted_since_the_caller_s_last_utterance() -> None:
    developer: LLMContextMessage = {"role": "developer", "content": "a result"}
    assert calls_since_the_caller([SAID]) == 0
    assert calls_since_the_caller([called("a"), SAID]) == 0
    assert calls_since_the_caller([SAID, called("a"), developer, called("b", "c")]) == 3


def test_asking_the_llm_without_tools_leaves_its_context_as_it_is() -> None:
    async def lookup(params: Any) -> None:
        """Look something up."""

    context = LLMContext([SAID], tools=[lookup])
    asked = without_tools(context)
    assert not asked.tools
    assert asked.messages[0] == SAID
    assert "Answer the caller" in str(asked.messages[1])
    assert context.messages == [SAID]
