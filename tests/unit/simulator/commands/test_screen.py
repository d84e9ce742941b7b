"""The demo's screen: transcripts of bot and caller in the order of the call."""

import asyncio
import re

import pytest

from simulator.caller.report import Event
from simulator.commands.keyless_bot import KeylessBot
from simulator.commands.screen import Screen
from tests.support.bots import eventually

TALK = b"bot: Hello: this is Asha.\ncaller: tuesday\nbot: Tuesday, is that right?\n"


@pytest.fixture(autouse=True)
def _soon_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.commands.screen.LAST_LINE_SECS", 0.05)


async def test_transcripts_of_bot_and_caller_are_shown_and_remembered(
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


SPEAKS, QUIET = Event(0.0, "bot", "speaks"), Event(0.0, "bot", "quiet", "after 1.0 s")
CUT = Event(0.0, "bot", "clear", "4.20 s dropped")


def prompts_of(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines without their seconds, which never go back."""
    lines = capsys.readouterr().out.splitlines()
    seconds = [float(line[:7]) for line in lines]
    assert seconds == sorted(seconds)
    return [line[9:] for line in lines]


async def told(*happenings: Event | bytes | tuple[str, str]) -> Screen:
    """A screen that has followed a bot: what is played, what the bot writes, what others do."""
    output = asyncio.StreamReader()
    screen = Screen("caller")
    async with screen.following(KeylessBot("127.0.0.1:7860", output)):
        for happening in happenings:
            match happening:
                case Event():
                    screen.show_event(happening)
                case bytes():
                    output.feed_data(happening + b"\n")
                case who, text:
                    screen.show(who, text)
            await asyncio.sleep(0.02)
    return screen


@pytest.mark.parametrize(
    ("happenings", "lines"),
    [
        pytest.param(
            (SPEAKS, QUIET, b"bot: Hello.", Event(0.0, "caller", "says", "tuesday")),
            ["bot      Hello.", "caller   says tuesday"],
            id="not interrupted",
        ),
        pytest.param(
            (
                *(SPEAKS, Event(0.0, "caller", "interrupts", "no"), CUT),
                *(b"bot: We are ...", b"caller: no", SPEAKS, b"bot: Well."),
            ),
            [
                *("bot      We are ...", "caller   interrupts no", "bot      stops speaking"),
                *("heard    no", "bot      Well."),
            ],
            id="interrupted",
        ),
        pytest.param(
            (SPEAKS, Event(0.0, "caller", "presses", "1"), CUT, b"caller: DTMF: 1", b"bot: We ..."),
            [
                *("bot      We ...", "caller   presses 1", "bot      stops speaking"),
                "heard    DTMF: 1",
            ],
            id="interrupted by a key, its words after what it heard",
        ),
        pytest.param(
            (SPEAKS, QUIET, SPEAKS, ("exotel", "the call is over"), b"bot: One. Two."),
            ["bot      One. Two.", "exotel   the call is over"],
            id="with a pause in what it says, and the exchange meanwhile",
        ),
        pytest.param(
            (
                *(Event(0.0, "caller", "says", "hello"), SPEAKS),
                *(Event(0.0, "bot", "clear", "0.00 s dropped"), CUT),
                Event(0.0, "exotel", "mark", "end"),
            ),
            ["caller   says hello", "bot      stops speaking"],
            id="of the line only the person and interruptions",
        ),
        pytest.param(
            (SPEAKS, Event(0.0, "caller", "hangs up")),
            ["caller   hangs up"],
            id="its words never come",
        ),
    ],
)
async def test_late_transcripts_are_printed_in_the_order_of_the_call(
    capsys: pytest.CaptureFixture[str],
    happenings: tuple[Event | bytes | tuple[str, str], ...],
    lines: list[str],
) -> None:
    await told(*happenings)
    assert prompts_of(capsys) == lines


async def test_a_transcript_that_never_comes_does_not_hold_up_the_screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.commands.screen.WORDS_SECS", 0.1)
    output = asyncio.StreamReader()
    screen = Screen("caller")
    async with screen.following(KeylessBot("127.0.0.1:7860", output)):
        screen.show_event(SPEAKS)
        screen.show_event(Event(0.0, "caller", "says", "hello"))
        await eventually(lambda: capsys.readouterr().out.endswith("caller   says hello\n"))


async def test_a_terminal_shows_who_speaks_until_the_transcript_comes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("simulator.commands.terminal.STEP_SECS", 0.01)
    await told(("exotel", "dialled"), SPEAKS, b"bot: Hello.", QUIET)
    shown = capsys.readouterr().out
    doings = ("... ringing", "... the bot speaks", "bot      Hello.", "... the bot listens")
    places = [shown.index(doing) for doing in doings]
    assert places == sorted(places)


async def test_a_terminal_shows_no_moving_line_once_the_call_is_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    screen = Screen("caller")
    screen.rest()
    async with screen.following(KeylessBot("127.0.0.1:7860", asyncio.StreamReader())):
        await asyncio.sleep(0.02)
    assert capsys.readouterr().out == ""
