"""The catalogue of languages: every folder is in it, and nothing else knows a language by name."""

import ast
import wave
from pathlib import Path

import pytest

from shared.languages.catalogue import FOLDERS, PACKS, WORDS, pack_of
from shared.languages.language_pack import LanguagePack
from shared.languages.normalization.written_words import WrittenWords
from shared.languages.number_kinds import LENGTHS

ROOT = Path(__file__).parents[4]
LANGUAGES = ROOT / "shared" / "languages"
CODE = [
    path
    for package in ("shared", "inbound", "outbound")
    for path in (ROOT / package).rglob("*.py")
    if path.relative_to(ROOT).parts[:3]
    not in {("shared", "languages", f) for f in FOLDERS.values()}
    and path.relative_to(ROOT).as_posix() not in ("inbound/bot.py", "outbound/bot.py")
]


def test_every_folder_of_a_language_is_in_the_catalogue() -> None:
    assert {path.parent.name for path in LANGUAGES.glob("*/language.py")} == set(FOLDERS.values())


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_other_module_imports_a_language(path: Path) -> None:
    homes = tuple(f"shared.languages.{folder}" for folder in FOLDERS.values())
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith(homes)
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith(homes) for alias in node.names)


@pytest.mark.parametrize("pack", PACKS.values(), ids=FOLDERS.values())
def test_a_last_resort_recording_comes_with_its_prompt_and_can_be_played(
    pack: LanguagePack,
) -> None:
    if pack.giving_up is None:
        return
    assert pack.prompts
    assert pack.giving_up.match("languages/*/*.wav"), "pyproject.toml and .gitignore let these in"
    with wave.open(str(pack.giving_up), "rb") as recording:
        assert (recording.getnchannels(), recording.getsampwidth()) == (1, 2)


def test_every_kind_of_requested_digits_has_a_name_and_no_name_is_unknown() -> None:
    assert set(WORDS.number_names.kinds) == set(LENGTHS)


def test_clause_words_and_farewells_of_all_languages_are_looked_for_together() -> None:
    clause_words = WORDS.clause_words
    for pack in PACKS.values():
        assert pack.words.clause_words.conjunctions <= clause_words.conjunctions
        assert set(pack.words.farewells) <= set(WORDS.farewells)
    phone = WORDS.number_names.kinds["phone"]
    assert phone == (
        *PACKS["en"].words.number_names.kinds["phone"],
        *PACKS["hi"].words.number_names.kinds["phone"],
    )


@pytest.mark.parametrize("language", ["xx", "", "zu-ZA"])
def test_a_language_without_a_folder_has_an_empty_pack(language: str) -> None:
    assert pack_of(language) == LanguagePack()


def test_a_language_without_all_weekdays_and_months_is_refused() -> None:
    with pytest.raises(ValueError, match="7 weekdays"):
        WrittenWords(weekdays=("lundo", "mardo"))
    with pytest.raises(ValueError, match="12 months"):
        WrittenWords(months=(("januaro",),))
