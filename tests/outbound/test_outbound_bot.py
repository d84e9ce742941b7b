"""The bot that talks with the people whom Exotel has dialled."""

from outbound.app import create_app
from outbound.bot import REMINDER
from shared.settings import Settings
from simulator.caller import place_call
from simulator.profiles import Profile
from simulator.providers import Completion, Providers
from simulator.scenario import HangUp, Say, WaitForBot
from tests.support import serving


async def test_the_person_who_was_rung_talks_with_the_bot(
    providers: Providers, log: list[str]
) -> None:
    settings = Settings.parse({"PORT": "0", **providers.env})
    async with serving(create_app(settings), settings) as address:
        report = await place_call(
            f"ws://{address}/ws",
            (WaitForBot(quiet=0.4), Say("yes.wav"), WaitForBot(quiet=0.1), HangUp()),
            profile=Profile(frame_ms=100),
        )
    assert report.turns[0].response is not None
    system, opening, question = providers.asked(Completion)[-1].messages
    assert system["content"] == REMINDER.instructions
    assert (opening["content"], question["content"]) == (REMINDER.opening, "yes")
    assert any("started: outbound" in line for line in log)
