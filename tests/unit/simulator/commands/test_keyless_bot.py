"""A bot with offline providers, started for a demo without any key."""

from argparse import ArgumentParser
from socket import create_server

import pytest

from simulator.commands import keyless_bot as keyless
from simulator.commands.keyless_bot import DidNotStart, free_port, keyless_bot


def test_another_server_port_is_taken_when_the_wanted_one_is_in_use() -> None:
    with create_server(("127.0.0.1", 0)) as somebody:
        taken = somebody.getsockname()[1]
        assert free_port(taken) != taken
    assert free_port(taken) == taken


async def test_a_keyless_bot_with_wrong_settings_is_not_waited_for(
    unused_tcp_port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DidNotStart):
        async with keyless_bot("inbound", unused_tcp_port, {"STT": "tin-can"}):
            raise AssertionError("it did start")
    assert "STT=tin-can is unknown" in capfd.readouterr().err


def test_a_keyless_demo_without_a_terminal_ends_after_its_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parser = ArgumentParser()
    keyless.add_arguments(parser)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert keyless.stays(parser.parse_args([]))
    assert not keyless.stays(parser.parse_args(["--once"]))
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert not keyless.stays(parser.parse_args([]))
