"""The bot that `BOT` names: where it may lie, and what is said of one that can't be loaded."""

from pathlib import Path

import pytest

from inbound.app import create_app
from outbound.app import create_app as create_outbound_app
from shared import pipecat_cloud
from shared.bot import Caller
from shared.bot.loading import Bot, load_bot
from shared.pipecat_cloud import CloudAgent
from shared.runtime.resources import choose_providers
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction

USUAL = "shared.providers.offline.bot"
BOT = """
import asyncio
from dataclasses import dataclass
from shared.bot import Persona

@dataclass
class Dish:
    name: str

PERSONAS = [Persona(instructions="You cook.", opening="Namaste!")]

async def answer(caller):
    return PERSONAS[0]
"""


@pytest.fixture(autouse=True)
def own_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget afterwards what was imported, and from where."""
    import sys

    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))


def written(folder: Path, text: str = BOT, name: str = "bot.py") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


async def test_without_a_name_the_bot_is_the_apps_own() -> None:
    bot = load_bot("", USUAL)
    assert not bot.faults
    assert (await bot.answer(Caller("+919800000000", ""))).opening.startswith("Hello, this is Asha")


@pytest.mark.parametrize("form", ["file", "folder", "relative", "module", "here", "folder here"])
async def test_a_bot_may_be_named_by_path_or_by_module(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "restaurant")
    monkeypatch.chdir(tmp_path / "restaurant" if form == "here" else tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    name = {
        "file": str(path),
        "folder": str(path.parent),
        "relative": "./restaurant/bot.py",
        "module": "restaurant.bot",
        "here": "bot.py",
        "folder here": "restaurant",
    }[form]
    bot = load_bot(name, USUAL)
    assert not bot.faults
    assert (await bot.answer(Caller("+919800000000", ""))).opening == "Namaste!"


async def test_a_bot_may_import_what_lies_beside_it(tmp_path: Path) -> None:
    written(tmp_path, "OPENING = 'Dosa or idli?'", "menu_of_ours.py")
    path = written(tmp_path, BOT.replace('"Namaste!"', "OPENING") + "", "tiffin.py")
    path.write_text("from menu_of_ours import OPENING\n" + path.read_text("utf-8"), "utf-8")
    bot = load_bot(str(path), USUAL)
    assert bot.personas[0].opening == "Dosa or idli?"


async def test_a_bots_file_may_have_the_name_of_a_python_module(tmp_path: Path) -> None:
    bot = load_bot(str(written(tmp_path, name="json.py")), USUAL)
    assert not bot.faults
    import json

    assert json.loads("1") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("PERSONAS = (", "SyntaxError", id="no-python"),
        pytest.param("import nowhere_at_all", "No module named 'nowhere_at_all'", id="import"),
        pytest.param("import os\nos.environ['DSN_OF_MINE']", "bot.py, line 2", id="raises"),
        pytest.param("import sys\nsys.exit(3)", "SystemExit", id="exits"),
        pytest.param(BOT + "answer = None", "async def answer", id="no-answer"),
        pytest.param(BOT.replace("(caller)", "()"), "async def answer", id="takes-nothing"),
        pytest.param(
            BOT.replace("(caller)", "(caller, line)"), "async def answer(caller)", id="takes-two"
        ),
        pytest.param(BOT.replace("async def", "def"), "async def answer", id="not-async"),
        pytest.param(BOT.replace("PERSONAS =", "PEOPLE ="), "must have PERSONAS", id="no-personas"),
        pytest.param(BOT + "PERSONAS = ()", "must hold a Persona", id="empty"),
        pytest.param(BOT + "PERSONAS = []", "must hold a Persona", id="empty-list"),
        pytest.param(BOT + "PERSONAS = ('Asha',)", "must hold a Persona", id="of-something"),
        pytest.param(BOT + "PERSONAS = (PERSONAS[0])", "with the comma", id="no-comma"),
        pytest.param(BOT + "PERSONAS = {'a': PERSONAS[0]}", "must have PERSONAS", id="mapping"),
        pytest.param(
            "from shared.bot import Persona\nPersona('x', language='english')",
            "no code such as en-IN, hi-IN or ta-IN (",
            id="language",
        ),
    ],
)
def test_what_is_wrong_with_a_bot_is_told_in_a_sentence(
    text: str, said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigurationError) as fault:
        create_app(Settings.parse({"BOT": str(path)}))
    assert f"BOT={path}: " in str(fault.value)
    assert said in str(fault.value)
    raised = "Error: " in str(fault.value) or "SystemExit: " in str(fault.value)
    assert ("bot.py, line" in str(fault.value)) == raised
    assert "DEEPGRAM_API_KEY" in str(fault.value)  # together with all else that is wrong


def test_the_outbound_bot_is_named_in_the_same_way(tmp_path: Path) -> None:
    path = written(tmp_path, "PERSONAS = (", "clinic.py")
    with pytest.raises(ConfigurationError) as fault:
        create_outbound_app(Settings.parse({"BOT": str(path)}))
    assert f"BOT={path}: SyntaxError: " in str(fault.value)


def test_a_bot_in_a_file_without_code_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bot.txt").write_text(BOT, encoding="utf-8")
    (fault,) = load_bot(str(tmp_path / "bot.txt"), USUAL).faults
    assert fault.endswith("is no Python file: its name has to end with .py")


@pytest.mark.parametrize("name", ["nowhere.bot", "/nowhere/bot.py", "nowhere/", "nowhere.py"])
def test_a_bot_that_is_not_there_is_a_fault(name: str) -> None:
    (fault,) = load_bot(name, USUAL).faults
    assert fault.startswith(f"BOT={name}: ")
    assert "nowhere" in fault.removeprefix(f"BOT={name}: ")


@pytest.mark.parametrize("name", ["nowhere", "nowhere.bot", "inbound.samples_of_ours.reception"])
def test_a_bots_missing_module_is_told_with_what_bot_may_be(name: str) -> None:
    (fault,) = load_bot(name, USUAL).faults
    assert "BOT is a module such as clinic.bot, or a file such as /bots/clinic.py" in fault


def test_no_personas_at_all_is_a_fault_however_they_come() -> None:
    keyless = {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}
    with pytest.raises(ConfigurationError, match="PERSONAS is empty"):
        choose_providers(Settings.parse(keyless), (), ())


async def test_without_personas_nobody_is_called_on_pipecat_cloud_either(
    monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    for name, value in {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}.items():
        monkeypatch.setenv(name, value)
    bot = Bot(load_bot("", USUAL).answer)
    monkeypatch.setattr(pipecat_cloud, "load_bot", lambda *_: bot)
    agent = CloudAgent(USUAL, Direction.INBOUND)
    await agent._open()
    assert "PERSONAS is empty" in str((await agent.readiness())["reason"])
    log.clear()


async def test_bot_chooses_whose_bot_it_is_on_pipecat_cloud_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    path = written(tmp_path, "from shared.bot import Persona\nPERSONAS = ()", "clinic.py")
    for name, value in {"STT": "pocketsphinx", "LLM": "scripted", "TTS": "espeak"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("BOT", str(path))
    agent = CloudAgent(USUAL, Direction.INBOUND)
    await agent._open()
    reason = str((await agent.readiness())["reason"])
    assert f"BOT={path}: it must have an `async def answer(caller)`" in reason
    log.clear()
