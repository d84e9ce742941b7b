"""The transfer tool end to end: tool call, announcement, mark, flow, person, summary."""

from collections.abc import Sequence
from dataclasses import replace

import httpx
import pytest

from shared.bot import Caller, Persona
from shared.conversation.tools import NO_TRANSFER
from shared.languages.english.prompts import ENGLISH
from shared.records.session_record import Ending
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause, Say, WaitForBot
from simulator.exotel import Answers, come_in
from simulator.providers import Completion, run_providers
from simulator.providers.dialogue import Message, ToolCall, default_reply, text_of
from tests.calls.test_transfer_flows import (
    CALLER,
    SECOND,
    TALKS,
    TRANSFER,
    dialled,
    flow,
    over,
    running_exotel,
)
from tests.support.bots import PERSONA, running_bot
from tests.support.transcribing import heard

BILLING = Persona(
    instructions="You help.", opening=PERSONA.opening, transfer_targets={"billing": (SECOND,)}
)
ASKS = Answers(after=0.0, scenario=[WaitForBot(quiet=0.8), Say("talk_to_an_agent.wav"), Pause(30)])
SUMMARY = "The caller wants to dispute an invoice."


def reply(messages: Sequence[Message]) -> str | ToolCall:
    """Hand over whoever asks for an agent, and sum conversations up."""
    if "colleague takes the call over" in text_of(messages[0]):
        return SUMMARY
    last = messages[-1]
    if last.get("role") == "user" and "agent" in text_of(last):
        return ToolCall("transfer", {"reason": "an invoice", "to": "billing"})
    return default_reply(messages)


async def answer(caller: Caller) -> Persona:
    return BILLING


@pytest.mark.parametrize("echoes", [0.0, None], ids=["marks come back", "marks never do"])
async def test_a_transfer_by_the_llm_connects_a_person_who_has_the_summary(
    echoes: float | None,
) -> None:
    key = {"START_API_KEY": "operators"}
    async with (
        run_providers(reply=reply) as providers,
        running_bot({**providers.env, **TRANSFER, **key}, answer=answer) as bot,
        running_exotel({SECOND: TALKS, CALLER: ASKS}) as (exchange, clock),
    ):
        exchange.profile = replace(exchange.profile, mark_delay=echoes)
        socket = f"ws://exotel:{TRANSFER['WS_PASSWORD']}@{bot.address}/ws"
        exchange.flows["7"] = flow(socket, bot.address)
        come_in(exchange, CALLER)
        call = await over(exchange)
        async with httpx.AsyncClient(base_url=f"http://{bot.address}") as client:
            told = await client.get(
                f"/handovers/{call.sid}", headers={"Authorization": "Bearer operators"}
            )
        assert bot.capacity.metrics.endings == {Ending.TRANSFERRED: 1}
    assert call.report
    assert heard(call.report, ENGLISH.connecting)
    assert dialled(call) == [(SECOND, "completed")]
    assert told.json()["to"] == [SECOND]
    assert told.json()["reason"] == "an invoice"
    assert told.json()["summary"] == SUMMARY
    assert all(secs < 1.0 for _, secs in clock.took)


async def test_a_bot_without_a_transfer_number_has_no_transfer_tool() -> None:
    async with run_providers() as providers, running_bot(providers.env) as bot:
        await place_call(
            bot.url, (WaitForBot(), Say("talk_to_an_agent.wav"), WaitForBot(), HangUp())
        )
        (asked,) = providers.asked(Completion)
    assert NO_TRANSFER in text_of(asked.messages[0])
    assert [tool["function"]["name"] for tool in asked.tools] == ["hang_up"]
