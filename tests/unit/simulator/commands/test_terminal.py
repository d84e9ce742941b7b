"""Terminal lines of the demo: a moving progress line and lines that stay."""

import asyncio
import io
import os
import re

import pytest

from simulator.commands.terminal import STEP_SECS, Terminal, moving, say


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal_of_40_columns(monkeypatch: pytest.MonkeyPatch) -> Tty:
    """Put one in the place of standard output; in a fixture, pytest would take it back."""
    screen = Tty()
    monkeypatch.setattr("sys.stdout", screen)
    size = os.terminal_size((40, 24))
    monkeypatch.setattr("shutil.get_terminal_size", lambda: size)
    return screen


def seen(screen: Tty) -> list[str]:
    """What stands on the terminal: of each line, what was written over the rest of it."""
    lines = []
    for line in screen.getvalue().split("\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        lines.append(shown.rstrip())
    return lines


def test_a_terminal_line_takes_the_place_of_the_moving_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tty = terminal_of_40_columns(monkeypatch)
    terminal = Terminal()
    for seconds in range(3):
        terminal.status(f"... {seconds} s, and a long word")
    terminal.status("... short")
    assert seen(tty) == ["... short"]
    terminal.say("done")
    terminal.status("... on")
    terminal.status("")
    assert seen(tty) == ["done", ""]


def test_the_moving_line_is_never_longer_than_the_terminal_is_wide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tty = terminal_of_40_columns(monkeypatch)
    Terminal().status("x" * 500)
    assert seen(tty) == ["x" * 39]


def test_no_line_moves_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.status("... 1 s")
    terminal.say("done")
    terminal.status("")
    assert capsys.readouterr().out == "done\n"


async def test_a_moving_terminal_line_vanishes_however_its_wait_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tty = terminal_of_40_columns(monkeypatch)
    with pytest.raises(TimeoutError):
        async with moving(lambda secs: f"... {secs:.3f} s"):
            await asyncio.sleep(STEP_SECS * 1.5)
            say("meanwhile")
            await asyncio.sleep(STEP_SECS * 1.5)
            raise TimeoutError
    assert len(set(re.findall(r"\.\.\. \d\.\d+ s", tty.getvalue()))) >= 2
    assert seen(tty) == ["meanwhile", ""]
