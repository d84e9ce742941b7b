"""The bot of docs/own-bot.md, taken from that page and called."""

import ast
import asyncio
import json
import re
import shlex
import sqlite3
import sys
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
import pytest_asyncio

from shared.bot import Caller
from shared.bot.loading import Bot, load_bot
from simulator.caller.caller import place_call
from simulator.caller.report import CallReport
from simulator.caller.scenario import HangUp, Pause, Press, Say, Step, WaitForBot
from simulator.caller.scenario_file import STEPS, read_scenario
from simulator.commands import call
from simulator.commands import providers as providers_command
from simulator.providers import Completion, Providers, run_providers
from simulator.providers.dialogue import Message, ToolCall, default_reply, text_of
from simulator.providers.fault_names import FAULTS, parse_fault
from simulator.stream.profiles import Profile
from tests.support.bots import running_bot
from tests.support.capacity import a_line
from tests.support.transcribing import heard

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "own-bot.md").read_text(encoding="utf-8")
CODE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CALLER, FRIEND = "+919812340001", "+919812340002"
BOOKED, ASKED = "It is booked.", "Which number can we reach you at?"


def blocks(language: str, page: str = PAGE) -> list[str]:
    return [code for kind, code in CODE.findall(page) if kind == language]


@dataclass
class Restaurant:
    """The page's bot, the file that its tools keep, and what came of some calls."""

    bot: Bot
    file: Path
    providers: Providers
    reports: dict[str, CallReport]

    @property
    def bookings(self) -> list[tuple[str, str, str, int]]:
        with closing(sqlite3.connect(self.file)) as file:
            return file.execute("SELECT code, number, time, guests FROM bookings").fetchall()


def reply(messages: Sequence[Message]) -> str | ToolCall:
    """Book a table for tomorrow, by the day that the instructions tell, if the number is known."""
    last = messages[-1]
    if last.get("role") == "tool":
        return BOOKED if "booked" in text_of(last) else ASKED
    if "appointment" in text_of(last):
        system = text_of(messages[0])
        found = re.search(r"began on \w+, (\d+ \w+ \d{4})", system)
        assert found
        tomorrow = datetime.strptime(found[1], "%d %B %Y") + timedelta(days=1)  # noqa: DTZ007
        return ToolCall("book_table", {"day": f"{tomorrow:%Y-%m-%d}", "time": "20:30", "guests": 4})
    return default_reply(messages)


BOT = WaitForBot(quiet=0.6)
SOON = Pause(0.5)
BOOKS: tuple[Step, ...] = (BOT, Say("book_appointment.wav"), BOT, HangUp())
CALLS: dict[str, tuple[str, tuple[Step, ...]]] = {
    "known": ("09812340001", BOOKS),
    "anonymous": ("anonymous", BOOKS),
    "cancels": (FRIEND, (SOON, Press("2"), SOON, Press("4821"), BOT, HangUp())),
    "guesses": ("09812340003", (SOON, Press("2"), SOON, Press("1111"), BOT, HangUp())),
    "keys": ("09812340004", (SOON, Press("1"), BOT, HangUp())),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def restaurant(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Restaurant]:
    folder = tmp_path_factory.mktemp("restaurant")
    (code,) = [block for block in blocks("python") if "async def answer" in block]
    (folder / "restaurant.py").write_text(code, encoding="utf-8")
    file = folder / "data.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", list(sys.path))
        patch.setenv("BOOKINGS_DB", str(file))
        bot = load_bot(str(folder / "restaurant.py"), "inbound.bot")
    assert not bot.faults
    with closing(sqlite3.connect(file)) as bookings, bookings:
        bookings.execute("CREATE TABLE bookings (code, number, time, guests)")
        bookings.executemany(
            "INSERT INTO bookings VALUES (?, ?, '2030-01-01T20:00', 2)",
            [("4821", FRIEND), ("1111", CALLER)],
        )
    transfer = {"TRANSFER_NUMBERS": "+918047112233", "WS_USERNAME": "exotel"}
    transfer["WS_PASSWORD"] = "a-password-of-the-test"
    async with (
        run_providers(reply=reply) as providers,
        running_bot(
            {**providers.env, **transfer}, answer=bot.answer, personas=bot.personas
        ) as running,
    ):
        url = f"ws://exotel:{transfer['WS_PASSWORD']}@{running.address}/ws"

        async def place(number: str, steps: tuple[Step, ...]) -> CallReport:
            profile = Profile(frame_ms=100, from_number=number)
            async with a_line():
                return await place_call(url, steps, profile=profile)

        reports = await asyncio.gather(*(place(*each) for each in CALLS.values()))
        yield Restaurant(bot, file, providers, dict(zip(CALLS, reports, strict=True)))


def test_a_tool_books_for_the_caller_s_number_on_the_day_the_llm_was_told(
    restaurant: Restaurant,
) -> None:
    assert heard(restaurant.reports["known"], BOOKED)
    (booked,) = [row for row in restaurant.bookings if row[3] == 4]
    code, number, time, _ = booked
    assert re.fullmatch(r"\d{4}", code)
    assert number == CALLER
    assert time.endswith("T20:30")


def test_a_tool_is_told_that_the_caller_withholds_the_phone_number(restaurant: Restaurant) -> None:
    assert heard(restaurant.reports["anonymous"], ASKED)
    systems = [text_of(each.messages[0]) for each in restaurant.providers.asked(Completion)]
    assert {system.rpartition(" is ")[2] for system in systems} == {
        "known to the system, though not shown to you.",
        "not known.",
    }
    assert CALLER not in str(systems)


def test_a_dtmf_code_cancels_the_caller_s_own_booking_only(
    restaurant: Restaurant,
) -> None:
    assert heard(restaurant.reports["cancels"], "Your booking is cancelled.")
    assert heard(restaurant.reports["guesses"], "I have no such booking of yours.")
    codes = [row[0] for row in restaurant.bookings if row[3] == 2]
    assert codes == ["1111"]
    asked = [str(each.messages) for each in restaurant.providers.asked(Completion)]
    assert not any("4821" in each for each in asked)


def test_a_dtmf_key_is_answered_without_the_llm(restaurant: Restaurant) -> None:
    said = "We are open every day from noon to eleven at night."
    assert heard(restaurant.reports["keys"], said)


def test_the_llm_has_the_tools_that_the_page_names(restaurant: Restaurant) -> None:
    (tools,) = {
        tuple(tool["function"]["name"] for tool in each.tools)
        for each in restaurant.providers.asked(Completion)
    }
    assert set(tools) == {"book_table", "hang_up", "transfer"}
    assert "`hang_up`" in PAGE
    assert "`transfer`" in PAGE


async def test_the_exophone_decides_the_language(restaurant: Restaurant) -> None:
    hindi = await restaurant.bot.answer(Caller(CALLER, "+918047000002"))
    assert hindi.language == "hi-IN"
    assert replace(hindi, tools=()) == restaurant.bot.personas[1]


def test_the_page_lists_all_provider_faults_of_the_simulator() -> None:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    written = [each for row in rows for each in re.findall(r"`([a-z-]+(?::[\d.,]+)?)`", row)]
    named = {parse_fault(f"llm={each}")[1] for each in written if each not in ("stt", "llm", "tts")}
    assert {type(fault) for fault in named} == set(FAULTS.values())


def test_the_simulator_commands_of_the_page_are_understood() -> None:
    lines = "\n".join(blocks("sh")).replace("\\\n", " ").splitlines()
    commands = [shlex.split(line, comments=True) for line in lines if "-m simulator" in line]
    assert len(commands) >= 5
    for _, _, _, name, *arguments in commands:
        parser = ArgumentParser()
        {"call": call, "providers": providers_command}[name].add_arguments(parser)
        parser.parse_args(arguments)


def test_the_scenario_of_the_page_can_be_read(tmp_path: Path) -> None:
    (scenario,) = blocks("json")
    (tmp_path / "booking.json").write_text(scenario, encoding="utf-8")
    assert len(read_scenario(tmp_path / "booking.json").steps) == len(json.loads(scenario))
    assert all(f"`{step}`" in PAGE for step in STEPS)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: str(page.stem))
def test_every_import_of_a_docs_page_exists(page: Path) -> None:
    for block in blocks("python", page.read_text(encoding="utf-8")):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom):
                module = import_module(str(node.module))
                assert all(hasattr(module, alias.name) for alias in node.names)
