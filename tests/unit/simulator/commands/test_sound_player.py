"""Sound players that the demo names for listening to a recording."""

from pathlib import Path

import pytest

from simulator.commands.sound_player import play_command, recording_rows


@pytest.mark.parametrize(
    ("installed", "command"),
    [
        ({"afplay"}, "afplay demo-call.wav"),
        ({"aplay"}, "aplay demo-call.wav"),
        ({"ffplay", "xdg-open"}, "ffplay -nodisp -autoexit demo-call.wav"),
        ({"xdg-open"}, "xdg-open demo-call.wav"),
        ({"explorer.exe"}, "explorer.exe demo-call.wav"),
        ({"paplay", "aplay", "mpv"}, "paplay demo-call.wav"),
    ],
)
def test_an_installed_player_is_named_for_a_recording(
    monkeypatch: pytest.MonkeyPatch, installed: set[str], command: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name in installed else None)
    assert play_command(Path("demo-call.wav")) == command
    assert f"listen          {command}" in recording_rows(Path("demo-call.wav"), "the caller")


def test_a_machine_without_a_sound_player_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    rows = recording_rows(Path("demo-call.wav"), "the caller").splitlines()
    assert rows == [
        "recording       demo-call.wav (left: the caller, right: the bot)",
        "listen          in any player: none that we know is installed here",
    ]


def test_a_recording_s_file_name_with_a_space_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == "aplay" else None)
    assert play_command(Path("my call.wav")) == "aplay 'my call.wav'"
