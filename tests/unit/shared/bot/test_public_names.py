"""The public names of `shared.bot`, the one import of whoever writes a bot."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import shared.bot
from shared.bot.loading import load_bot
from shared.conversation.call_control import CallControl

ROOT = Path(__file__).parents[4]
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXTENDING = "extending.md"  # for whoever changes the house itself


def ours(code: str) -> Iterator[str]:
    """The modules of this repository that some code imports."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.ImportFrom(module=str(module)):
                yield module
            case ast.Import(names=names):
                yield from (alias.name for alias in names)


def of_the_house(code: str) -> set[str]:
    return {name for name in ours(code) if name.split(".")[0] in ("shared", "inbound", "outbound")}


def test_every_public_name_of_shared_bot_exists_and_has_a_docstring() -> None:
    assert list(shared.bot.__all__) == sorted(shared.bot.__all__)
    for name in shared.bot.__all__:
        thing = getattr(shared.bot, name)
        assert name == "Action" or inspect.getdoc(thing), f"{name} has no docstring"


def test_a_persona_is_made_of_public_names() -> None:
    hints = " ".join(str(field.type) for field in shared.bot.Persona.__dataclass_fields__.values())
    named = set(re.findall(r"shared\.[\w.]+\.(\w+)", hints))
    assert named
    assert named <= {*shared.bot.__all__}


def test_what_a_tool_may_do_is_what_call_control_does() -> None:
    call: shared.bot.CallControl | None = None
    real: CallControl | None = None
    call = real  # for mypy: the one is the other
    assert call is None
    for name, promised in vars(shared.bot.CallControl).items():
        if name.startswith("_"):
            continue
        kept = list(inspect.signature(getattr(CallControl, name)).parameters.values())
        for parameter in inspect.signature(promised).parameters.values():
            assert parameter in kept, f"{name}({parameter})"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_bots_on_the_docs_pages_import_shared_bot_only(page: Path) -> None:
    if page.name == EXTENDING:
        return
    for code in PYTHON.findall(page.read_text(encoding="utf-8")):
        assert of_the_house(code) <= {"shared.bot"}


def test_the_bot_of_the_demos_imports_shared_bot_only() -> None:
    code = (ROOT / "shared/providers/offline/bot.py").read_text(encoding="utf-8")
    assert of_the_house(code) == {"shared.bot"}


def test_importing_shared_bot_imports_neither_a_provider_nor_a_server() -> None:
    program = "import sys, shared.bot; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    heavy = {"fastapi", "sqlalchemy", "httpx", "openai", "onnxruntime", "numpy", "pydantic"}
    assert not heavy & set(run.stdout.split())


def test_the_bot_of_the_readme_can_be_loaded(tmp_path: Path) -> None:
    (code,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    (tmp_path / "readme_clinic.py").write_text(code, encoding="utf-8")
    bot = load_bot(str(tmp_path / "readme_clinic.py"), "inbound.bot")
    assert (bot.faults, len(bot.personas)) == ((), 1)
