"""Incoming calls of the simulated Exotel: somebody rings the ExoPhone and gets its flow."""

from simulator.caller.scenario import HangUp, Pause
from simulator.exotel import Answers, Exchange, Flow, Hangup, Voicebot, come_in, run_exchange
from tests.support.exotel_client import PERSON, QUICK, hook
from tests.support.scripted_bot import scripted_bot, silent

LEAVES = Answers(scenario=[Pause(0.1), HangUp()])


async def rang(exchange: Exchange) -> None:
    come_in(exchange, PERSON)
    await exchange.idle()


async def test_an_incoming_call_to_the_exophone_gets_its_flow() -> None:
    async with scripted_bot(silent) as peer, run_exchange(people={PERSON: LEAVES}) as exchange:
        exchange.flows["7"] = Flow((Voicebot(peer.url), Hangup()))
        await rang(exchange)
    (call,) = exchange.calls
    start = peer.bot.received[1]["start"]
    assert (start["call_sid"], start["from"], start["to"]) == (
        call.sid,
        "09812345678",
        "08047112233",
    )
    assert (call.status, call.direction, call.mode) == ("completed", "inbound", "incoming")
    assert call.answered_at
    assert call.report
    assert call.report.ended_by == "caller"
    assert (exchange.placed, exchange.rung(PERSON)) == ([], 0)


async def test_applets_are_told_that_the_call_came_in() -> None:
    async with hook() as bot, run_exchange(people={PERSON: LEAVES}, speed=QUICK) as exchange:
        exchange.flows["7"] = Flow((Voicebot(f"{bot.url}/exotel/voicebot"), Hangup()))
        await rang(exchange)
    (asked,) = bot.received
    assert asked.parameters["Direction"] == "incoming"
    assert asked.parameters["CallFrom"] == "09812345678"
    assert asked.parameters["CallTo"] == "08047112233"
    assert "CustomField" not in asked.parameters


async def test_an_incoming_call_to_an_exophone_without_a_flow_fails() -> None:
    async with run_exchange(speed=QUICK) as exchange:
        await rang(exchange)
    assert exchange.calls[0].status == "failed"
