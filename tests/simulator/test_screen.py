import asyncio
import re

import pytest

from simulator.keyless import KeylessBot
from simulator.report import Event
from simulator.screen import Screen

TALK = b"bot: Hello: this is Asha.\ncaller: tuesday\nbot: Tuesday, is that right?\n"


async def test_what_the_bot_hears_and_says_is_shown_and_remembered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = asyncio.StreamReader()
    screen = Screen("person")
    async with screen.following(KeylessBot("127.0.0.1:7860", output)):
        output.feed_data(TALK)
    assert screen.spoken == ["Hello: this is Asha.", "Tuesday, is that right?"]
    assert screen.understood == ["tuesday"]
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"^ +\d+\.\d\d  ", "", line) for line in lines] == [
        "bot      Hello: this is Asha.",
        "heard    tuesday",
        "bot      Tuesday, is that right?",
    ]


def test_of_a_line_only_the_person_and_interruptions_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen = Screen("person")
    screen.begin()
    for event in (
        Event(1.0, "caller", "says", "hello"),
        Event(1.5, "bot", "speaks"),
        Event(2.0, "bot", "clear", "0.00 s dropped"),
        Event(2.1, "bot", "clear", "1.20 s dropped"),
        Event(2.2, "exotel", "mark", "end"),
    ):
        screen.show_event(event)
    lines = capsys.readouterr().out.splitlines()
    assert [line[9:] for line in lines] == ["person   says hello", "bot      stops speaking"]
