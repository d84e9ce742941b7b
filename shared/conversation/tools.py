"""The tools that every LLM has: hanging up, and a transfer to a person."""

from collections.abc import Mapping, Sequence
from functools import wraps
from typing import Any

from pipecat.adapters.llm.schemas.function_schema import FunctionSchema
from pipecat.frames.frames import FunctionCallResultProperties
from pipecat.services.llm_service import FunctionCallParams

from shared.bot.persona import Persona, Tool
from shared.conversation.call_control import CallControl
from shared.conversation.farewell import not_said_yet
from shared.conversation.speech.playout_marks import PlayoutMarkFrame
from shared.conversation.tool_results import with_result

NO_TRANSFER = (
    "You can't connect the caller to a person in this call. If they ask for one, say so, and offer "
    "to take a message."
)
SILENTLY = FunctionCallResultProperties(run_llm=False)  # all has been said


async def hang_up(params: FunctionCallParams) -> None:
    """Say the last words and end the call."""
    await params.result_callback({"status": "you say goodbye and hang up"}, properties=SILENTLY)
    goodbye: str | None = str(params.arguments.get("goodbye") or "")
    if said := getattr(params.llm, "said", ""):  # beside this call
        await _until_it_is_sound(params)
        goodbye = not_said_yet(goodbye or "", said)
    await _call_control(params).hang_up(goodbye)


async def transfer(params: FunctionCallParams) -> None:
    """Hand the caller over to a person."""
    call_control = _call_control(params)
    to = call_control.transfer_targets.get(str(params.arguments.get("to") or ""), ())
    if await call_control.transfer(str(params.arguments.get("reason") or ""), to):
        await params.result_callback(
            {"status": "the caller is told, and then connected"}, properties=SILENTLY
        )
    else:
        await params.result_callback({"status": "nobody can take over in this call"})


def when_resumed(tool: Tool) -> Tool:
    """The tool, which does nothing yet while the caller may be going on with their turn."""

    @wraps(tool)
    async def called(params: FunctionCallParams, **arguments: Any) -> Any:
        await _call_control(params).resumed()
        return await tool(params=params, **arguments)

    return called


def tools_of(persona: Persona, *, can_transfer: bool) -> list[Any]:
    """The tools of a persona's LLM: its own, and those of every bot."""
    tools: list[Any] = [*map(with_result, map(when_resumed, persona.tools)), _hang_up_schema()]
    if can_transfer:
        tools.append(_transfer_schema(persona.transfer_targets))
    return tools


def instructions_of(persona: Persona, *, can_transfer: bool, facts: str = "") -> str:
    """The persona's instructions, and what it must know about this call: what varies most last."""
    told = [persona.instructions]
    if not can_transfer:
        told.append(NO_TRANSFER)
    if facts and persona.call_facts:
        told.append(facts)
    return "\n".join(told)


def _hang_up_schema() -> FunctionSchema:
    goodbye = "Your last words to the caller, in their language. Say nothing else beside them."
    return FunctionSchema(
        name="hang_up",
        description="End the call, when all is said or the caller says goodbye.",
        properties={"goodbye": {"type": "string", "description": goodbye}},
        required=["goodbye"],
        handler=hang_up,
    )


def _transfer_schema(transfer_targets: Mapping[str, Sequence[str]]) -> FunctionSchema:
    reason = "What the caller wants, in a sentence for the person who takes over."
    properties: dict[str, Any] = {"reason": {"type": "string", "description": reason}}
    required = ["reason"]
    if transfer_targets:
        properties["to"] = {
            "type": "string",
            "enum": list(transfer_targets),
            "description": "To whom.",
        }
        required.append("to")
    return FunctionSchema(
        name="transfer",
        description="Connect the caller to a person, if they ask for one or you can't help them. "
        "The caller is told; say nothing yourself.",
        properties=properties,
        required=required,
        handler=transfer,
    )


async def _until_it_is_sound(params: FunctionCallParams) -> None:
    """Wait until the voice has made what the LLM has said."""
    passed = PlayoutMarkFrame()
    await params.llm.push_frame(passed)
    await passed.wait()


def _call_control(params: FunctionCallParams) -> CallControl:
    call_control: CallControl = params.app_resources
    return call_control
