"""The glossary holds: no identifier has a word that it rules out, and its paths exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
HOUSE = ("shared", "inbound", "outbound", "tests")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# Names that can't follow: a migration is known by its name, and that of a table or column in it.
KEPT = {"step_0002_handovers"}


def rows() -> list[list[str]]:
    """The cells of each line of the table: term, meaning, where, instead of."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    assert lines[0] == "| term | meaning | where | instead of |"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


ROWS = rows()
RULED_OUT = {
    word.strip(): term for term, _, _, words in ROWS for word in words.split(",") if word.strip()
}


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name in some code that its author chose, with its line."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name, line
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, line
            case ast.ClassDef(name=name) | ast.keyword(arg=str(name)):
                yield name, line
            case ast.alias(name=name, asname=other):
                yield from ((each, line) for each in (name, other) if each)
            case ast.ImportFrom(module=str(name)):
                yield name, line
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name, line
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name, line


def words(name: str) -> set[str]:
    """The words of an identifier: split at underscores, dots and capitals, singular and plural."""
    found = {word.lower() for word in WORD.findall(name)}
    return found | {word.removesuffix("s") for word in found}


def of(path: Path) -> list[str]:
    """The places in a file, its name among them, that use a word which is ruled out."""
    shown = path.relative_to(ROOT)
    names = [*identifiers(ast.parse(path.read_text(encoding="utf-8"))), (path.stem, 0)]
    return [
        f"{shown}:{line}: {name}: here one says {RULED_OUT[word]!r}, not {word!r}"
        for name, line in names
        if not any(kept in name for kept in KEPT)
        for word in sorted(words(name) & RULED_OUT.keys())
    ]


@pytest.mark.parametrize("folder", HOUSE)
def test_no_identifier_has_a_word_that_the_glossary_rules_out(folder: str) -> None:
    found = [place for path in sorted((ROOT / folder).rglob("*.py")) for place in of(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("class SpareLLM: pass", "spare"),
        ("from shared.ears import hear", "ears"),
        ("place(the_mind=1)", "mind"),
        ("import numpy as vigil", "vigil"),
        ("match x:\n    case [*manners]: pass", "manners"),
    ],
)
def test_a_word_is_found_wherever_a_name_is_chosen(code: str, word: str) -> None:
    assert word in RULED_OUT
    assert any(word in words(name) for name, _ in identifiers(ast.parse(code)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_a_term_is_one_sentence_and_lives_somewhere(row: list[str]) -> None:
    term, meaning, where, _ = row
    assert term
    assert meaning.endswith(".")
    paths = re.findall(r"`([^`]+)`", where)
    assert paths
    for path in paths:
        assert (ROOT / path).exists(), f"{term}: {path} isn't there"
        assert path.endswith("/") == (ROOT / path).is_dir(), f"{term}: a folder ends with /"


def test_no_term_is_told_twice() -> None:
    terms = [term for term, *_ in ROWS]
    assert sorted(set(terms), key=str.lower) == sorted(terms, key=str.lower)
