"""A player for recordings, of those that this machine has."""

import shlex
import shutil
from pathlib import Path

# The likeliest to be heard first: macOS has the first only, Linux some of the others, WSL the last.
PLAYERS = (
    "afplay",
    "pw-play",
    "paplay",
    "aplay",
    "ffplay -nodisp -autoexit",
    "mpv",
    "play",
    "cvlc --play-and-exit",
    "xdg-open",
    "explorer.exe",
)


def recording_rows(path: Path, person: str) -> str:
    """The rows of a demo's table about its recording: what it is, and how to play it."""
    play = play_command(path) or "in any player: none that we know is installed here"
    return f"recording       {path} (left: {person}, right: the bot)\nlisten          {play}"


def play_command(path: Path) -> str | None:
    """The shell command that plays a WAV with what is installed; None if nothing is."""
    for player in PLAYERS:
        if shutil.which(player.partition(" ")[0]):
            return f"{player} {shlex.quote(str(path))}"
    return None
