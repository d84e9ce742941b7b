"""The bot that users start from: its decisions, and a call of its own."""

import pytest
from pipecat.runner.types import RunnerArguments

from inbound import bot as inbound_bot
from inbound.app import create_app
from inbound.bot import BILLING, HINDI_RECEPTION, PERSONAS, RECEPTION, answer
from shared.conversation.persona import Caller
from shared.settings import ConfigurationError, Settings
from simulator.caller import place_call
from simulator.profiles import Profile
from simulator.providers import Completion, Providers
from simulator.scenario import HangUp, Say, WaitForBot
from tests.support import serving

SOMEBODY = "+919800000000"


async def test_the_exophone_that_was_rung_decides_the_desk() -> None:
    assert await answer(Caller(SOMEBODY, "+918047000001")) == BILLING
    assert await answer(Caller(SOMEBODY, "+918047000002")) == HINDI_RECEPTION
    assert await answer(Caller(SOMEBODY, "+918047999999")) == RECEPTION


async def test_a_known_caller_is_known_and_a_vip_is_greeted_by_name() -> None:
    known = await answer(Caller("+919812345679", ""))
    assert known.opening == RECEPTION.opening
    assert "The caller is Arjun" in known.instructions
    vip = await answer(Caller("+919812345678", ""))
    assert vip.opening.startswith("Hello Meera")
    assert vip.instructions.startswith(RECEPTION.instructions)


def test_every_persona_has_a_language_that_pipecat_knows() -> None:
    assert {persona.language for persona in PERSONAS} == {"en-IN", "hi-IN"}


async def test_a_caller_talks_with_the_bot_as_it_is_shipped(providers: Providers) -> None:
    settings = Settings.parse({"PORT": "0", **providers.env})
    async with serving(create_app(settings), settings) as address:
        report = await place_call(
            f"ws://{address}/ws",
            (WaitForBot(quiet=0.4), Say("opening_hours.wav"), WaitForBot(quiet=0.1), HangUp()),
            profile=Profile(from_number="09812345679", frame_ms=100),
        )
    assert report.turns[0].response is not None
    system, opening, question = providers.asked(Completion)[-1].messages
    assert "The caller is Arjun" in system["content"]
    assert opening["content"] == RECEPTION.opening
    assert question["content"] == "what are your opening hours"


async def test_on_pipecat_cloud_other_transports_are_refused() -> None:
    with pytest.raises(TypeError, match="Exotel's websocket only"):
        await inbound_bot.bot(RunnerArguments())


def test_without_keys_it_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="DEEPGRAM_API_KEY"):
        create_app(Settings.parse({}))
