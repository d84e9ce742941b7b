"""A third language is a new folder and one line in the catalogue.

Both are put into a copy of the code, and what the functions of a call then say is printed there by
another process. Maori has a folder, too, with prompts and machine phrases only.
"""

import json
import shutil
import subprocess
import sys
import wave
from collections.abc import Mapping
from pathlib import Path

import pytest

from shared.languages.english.prompts import ENGLISH
from shared.languages.hindi.prompts import HINDI
from tests.support.esperanto.language import LANGUAGE

ROOT = Path(__file__).parents[4]
ESPERANTO = ROOT / "tests" / "support" / "esperanto"

SPARSE = '''"""Maori: the fewest parts that are of use."""

from dataclasses import replace

from shared.languages.english.prompts import ENGLISH
from shared.languages.language_pack import LanguagePack, LanguageWords
from shared.languages.machine_phrases import MachinePhrases

LANGUAGE = LanguagePack(
    prompts=replace(ENGLISH, goodbye="Haere ra."),
    words=LanguageWords(machine_phrases=MachinePhrases(tone=("i muri i te pipi",))),
)
'''


def add_language(shared: Path, code: str, folder: str, source: str) -> Path:
    """Add a folder, and the line in the catalogue."""
    home = shared / "languages" / folder
    home.mkdir()
    (home / "__init__.py").write_text(f'"""{folder}."""\n', encoding="utf-8")
    (home / "language.py").write_text(source, encoding="utf-8")
    catalogue = shared / "languages" / "catalogue.py"
    before, bracket, after = catalogue.read_text(encoding="utf-8").partition("FOLDERS = {\n")
    hindi = '    "hi": "hindi",\n'
    assert bracket and hindi in after
    line = f'    "{code}": "{folder}",\n'
    after = after.replace(hindi, f"{hindi}{line}", 1)
    catalogue.write_text(f"{before}{bracket}{after}", encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    """What the copy says, which has both languages."""
    tree = tmp_path_factory.mktemp("tree")
    shared = tree / "shared"
    shutil.copytree(ROOT / "shared", shared, ignore=shutil.ignore_patterns("__pycache__"))
    source = (ESPERANTO / "language.py").read_text(encoding="utf-8")
    home = add_language(shared, "eo", "esperanto", source)
    with wave.open(str(home / "giving_up.wav"), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(8_000)
        recording.writeframes(bytes(16_000))  # a second, which no other one lasts
    add_language(shared, "mi", "maori", SPARSE)
    printed = subprocess.run(
        [sys.executable, "-P", str(ESPERANTO / "probe.py")],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    answers: Mapping[str, object] = json.loads(printed.stdout.splitlines()[-1])
    return answers


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("goodbye", "Ĝis revido."),
        ("last resort", LANGUAGE.prompts and LANGUAGE.prompts.giving_up),
        ("its bytes", 16_000),
        ("mailbox", "a mailbox"),
        ("person", True),
        ("going on", "OPEN"),
        ("digits", "WHOLE"),
        ("amount", "EXTENDABLE"),
        ("asked", "email"),
        ("assent", True),
        ("meant", 2),
        ("question", True),
        ("farewell", None),
        ("spoken", "1234"),
        ("masked", "mia kodo estas [digits]"),
        ("expected", [4, 6]),
        ("menu", ["2"]),
        ("figures", "La kodo estas kvar du."),
        ("utterances", ["S-ro. Rao venos."]),
        ("tag", "REPLY"),
    ],
)
def test_a_new_language_is_known_in_every_function_of_a_call(
    said: Mapping[str, object], what: str, answer: object
) -> None:
    assert said[what] == answer


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("Hindi", HINDI.goodbye),
        ("Hinglish", "OPEN"),
        ("English figures", "It is forty-two rupees."),
        ("without a folder", ENGLISH.goodbye),
    ],
)
def test_the_other_languages_are_what_they_were(
    said: Mapping[str, object], what: str, answer: object
) -> None:
    assert said[what] == answer


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("sparse goodbye", "Haere ra."),
        ("sparse mailbox", "a mailbox"),
        ("sparse last resort", ENGLISH.giving_up),
        ("sparse figures", "42"),
    ],
)
def test_a_language_may_have_prompts_and_machine_phrases_only(
    said: Mapping[str, object], what: str, answer: object
) -> None:
    assert said[what] == answer
