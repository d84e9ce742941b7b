"""Fifty dials at the same moment: every bot has the context of its own call and of no other."""

import asyncio
from collections.abc import Sequence

import pytest

import outbound.app
from benchmarks.processes import free_port
from shared.bot import Caller, Persona
from shared.bot.loading import Bot
from simulator.caller.scenario import HangUp, Pause
from simulator.exotel import Answers, Exchange, Flow, Hangup, Voicebot, run_exchange
from simulator.providers import Providers
from simulator.stream.profiles import Profile
from tests.support.outbound import running_outbound

PEOPLE = [f"+9198600{number:05}" for number in range(50)]
MODES = {"voice-ai": 50, "flow": 10, "flow, dynamic URL": 10}  # and how many are rung
LISTENER = Persona(instructions="You listen.")


async def ring_everybody(
    providers: Providers,
    exchange: Exchange,
    monkeypatch: pytest.MonkeyPatch,
    port: int,
    mode: str,
    people: Sequence[str],
) -> list[Caller]:
    """Dial all of them at once; returns whom the bots believed to be talking with."""
    callers = []

    async def answer(caller: Caller) -> Persona:
        callers.append(caller)
        return LISTENER

    bot = Bot(answer, (LISTENER,))
    monkeypatch.setattr(outbound.app, "load_bot", lambda *_: bot)
    chosen = {"PORT": str(port), "EXOTEL_CONNECT_MODE": mode, "MAX_CALLS": "60"}
    async with running_outbound({**providers.env, **chosen}, exchange) as rig:
        answers = await asyncio.gather(
            *(rig.start(number, {"reason": f"about {number}"}) for number in people)
        )
        assert {started.status_code for started in answers} == {200}
        async with asyncio.timeout(60):
            await exchange.idle()
        for started in answers:
            await rig.becomes(started.json()["call_id"], "completed")
    return callers


@pytest.mark.parametrize(("mode", "rung"), MODES.items())
async def test_every_dial_s_bot_has_its_own_context_and_no_other(
    providers: Providers, monkeypatch: pytest.MonkeyPatch, mode: str, rung: int
) -> None:
    people = PEOPLE[:rung]
    port = free_port()
    url = f"http://127.0.0.1:{port}/exotel/voicebot" if "," in mode else f"ws://127.0.0.1:{port}/ws"
    async with run_exchange(
        default_person=Answers(after=0.5, scenario=(Pause(0.5), HangUp())),
        flows={"77": Flow((Voicebot(url), Hangup()))},
        profile=Profile(frame_ms=100),
        speed=2,
    ) as exchange:
        callers = await ring_everybody(
            providers,
            exchange,
            monkeypatch,
            port,
            mode.partition(",")[0],
            people,
        )
        numbers = {call.sid: call.number for call in exchange.placed}
    assert len(callers) == rung
    for caller in callers:
        assert caller.number == numbers[caller.call_sid]
        assert caller.context == {"reason": f"about {caller.number}"}
        assert caller.mode == mode.partition(",")[0]
    assert {caller.number for caller in callers} == set(people)
