"""The inbound bot as it is shipped: its decisions, and a call with it."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from inbound.app import create_app
from inbound.bot import BILLING, HINDI_RECEPTION, PERSONAS, RECEPTION, answer
from shared.bot import Caller, TurnSettings
from shared.settings.settings import Settings
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Say, WaitForBot
from simulator.providers import Completion, Providers
from simulator.stream.profiles import Profile
from tests.support.bots import database_in, serving

SOMEBODY = "+919800000000"


async def test_the_exophone_that_was_called_decides_the_persona() -> None:
    assert await answer(Caller(SOMEBODY, "+918047000001")) == BILLING
    assert await answer(Caller(SOMEBODY, "+918047000002")) == HINDI_RECEPTION
    assert await answer(Caller(SOMEBODY, "+918047999999")) == RECEPTION


async def test_an_exophone_may_be_more_patient_than_the_others() -> None:
    patient = await answer(Caller(SOMEBODY, "+918047000003"))
    assert patient == replace(RECEPTION, turns=TurnSettings.relaxed())


async def test_a_known_caller_is_recognised_and_a_vip_is_greeted_by_name() -> None:
    known = await answer(Caller("+919812345679", ""))
    assert known.opening == RECEPTION.opening
    assert "The caller is Arjun" in known.instructions
    vip = await answer(Caller("+919812345678", ""))
    assert vip.opening.startswith("Hello Meera")
    assert vip.instructions.startswith(RECEPTION.instructions)


def test_the_personas_speak_indian_english_and_hindi() -> None:
    assert {persona.language for persona in PERSONAS} == {"en-IN", "hi-IN"}


async def test_a_caller_of_the_inbound_bot_is_answered(
    providers: Providers, tmp_path: Path
) -> None:
    settings = Settings.parse({"PORT": "0", **database_in(tmp_path), **providers.env})
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


@pytest.mark.parametrize("app", ["inbound", "outbound"])
def test_a_bot_imports_nothing_of_the_house_but_shared_bot(app: str) -> None:
    code = (Path(__file__).parents[2] / app / "bot.py").read_text(encoding="utf-8")
    modules = [
        node.module for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)
    ]
    assert [name for name in modules if name and name.startswith("shared")] == ["shared.bot"]
