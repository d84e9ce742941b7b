"""The command lines `python -m inbound` and `python -m outbound`: options and addresses."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from shared.server.command_line import options
from shared.server.listen_address import CannotListen, check_address

ROOT = Path(__file__).parents[4]
KEYLESS = {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}


def test_options_are_settings_by_another_name() -> None:
    chosen = options("inbound", ["--host", "::1", "--port=9000", "--bot", "mine/bot.py"])
    assert chosen.settings == {"HOST": "::1", "PORT": "9000", "BOT": "mine/bot.py"}
    assert chosen.env_file is None
    assert options("inbound", []).settings == {}
    assert options("outbound", ["--env-file", "my.env"]).env_file == Path("my.env")


@pytest.mark.parametrize(
    "arguments",
    [["--prot", "9"], ["9000"], ["--por", "9"], ["--port"], ["-p", "9"], ["--reload"], ["bot.py"]],
)
def test_an_unknown_option_is_no_setting_and_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit:
        options("inbound", arguments)
    assert exit.value.code == 2
    assert "usage: python -m inbound [-h]" in capsys.readouterr().err


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(scope="module")
def said(taken: int, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """What programs say that were started in different ways, all at the same time."""
    folder = tmp_path_factory.mktemp("folder")

    def run(app: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = {"PYTHONPATH": str(ROOT), "BOT": "shared.providers.offline.bot"}
        command = [sys.executable, "-m", app, *arguments]
        return subprocess.run(
            command, cwd=folder, env=path | KEYLESS, text=True, capture_output=True, timeout=120
        )

    with ThreadPoolExecutor(3) as threads:
        help = threads.submit(run, "outbound", "--help")
        nonsense = threads.submit(run, "inbound", "--port", "nine")
        in_use = threads.submit(run, "inbound", "--port", str(taken))
    return SimpleNamespace(help=help.result(), nonsense=nonsense.result(), in_use=in_use.result())


def test_help_tells_the_options_and_where_other_settings_are(said: SimpleNamespace) -> None:
    assert said.help.returncode == 0
    for words in ("python -m outbound", "--port", "--bot", "--env-file", ".env.example"):
        assert words in said.help.stdout


def test_a_wrong_option_is_a_fault_like_a_setting(said: SimpleNamespace) -> None:
    assert said.nonsense.returncode == 2
    assert "  - PORT: Input should be a valid integer" in said.nonsense.stderr


def test_a_server_port_in_use_is_explained(said: SimpleNamespace, taken: int) -> None:
    assert said.in_use.returncode == 2
    assert said.in_use.stderr == (
        f"PORT={taken}: another program listens there: end it, or take another PORT\n"
    )


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("999", "HOST=999: this machine has no such address"),
        ("198.51.100.7", "this machine has no such address"),
        ("a" * 70, "no address has that name"),
    ],
)
def test_an_impossible_server_address_is_explained(host: str, words: str) -> None:
    with pytest.raises(CannotListen, match=words):
        check_address(host, 0)


@pytest.mark.parametrize("host", ["nowhere.example", "http://127.0.0.1", "127.0.0.1:7860"])
def test_an_unknown_server_host_is_explained(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("shared.server.listen_address.socket.getaddrinfo", unknown)
    with pytest.raises(CannotListen, match=f"HOST={host}: no address has that name"):
        check_address(host, 0)


def test_a_privileged_server_port_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def bind(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("shared.server.listen_address.socket.socket.bind", bind)
    with pytest.raises(CannotListen, match="PORT=443: only root may listen below 1024"):
        check_address("0.0.0.0", 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_a_server_address_of_this_machine_is_accepted(host: str) -> None:
    check_address(host, 0)
