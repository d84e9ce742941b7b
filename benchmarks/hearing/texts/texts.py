"""The texts of a split: what its bots ask, and what its callers say, in each language."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.hearing.kinds import Kind

ENGLISH, HINDI = "en-IN", "hi-IN"
WORK, REPORT, FRESH = "work", "report", "fresh"
SPLITS = (WORK, REPORT, FRESH)
LANGUAGES = {ENGLISH: "english", HINDI: "hindi"}
FOLDER = Path(__file__).parent

Both = tuple[str, str]  # as a voice reads it, and as an STT writes it


@dataclass(frozen=True, slots=True)
class Texts:
    """What is said in the calls of one split and language.

    Args:
        asked: By the bot, when it wants an answer of a kind.
        unspecific: Of the bot, after which anything may come.
        long: Of the bot, told at length: a caller can interrupt it.
        said: Templates of what callers say; "|" where they may pause, "{slot}" for a value.
        values: What slots are filled with.
    """

    asked: Mapping[Kind, Sequence[str]]
    unspecific: Sequence[str]
    long: Sequence[str]
    said: Mapping[Kind, Sequence[Both]]
    values: Mapping[str, Sequence[Both]]


def texts_of(split: str, language: str) -> list[Texts]:
    """The sets of texts of a split: one, and for the fresh split both, which stay apart."""
    splits = (WORK, REPORT) if split == FRESH else (split,)
    return [_texts(f"{name}_{LANGUAGES[language]}") for name in splits]


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of words, of those in `words.toml`."""
    listed = _read("words")[name]
    return tuple(listed.split(" | ") if "|" in listed else listed.split())


@cache
def _texts(file: str) -> Texts:
    content = _read(file)
    return Texts(
        asked={Kind[kind]: _lines(block) for kind, block in content["asked"].items()},
        unspecific=_lines(content["unspecific"]),
        long=_lines(content["long"]),
        said={
            Kind[kind]: [_both(line, " = ") for line in _lines(block)]
            for kind, block in content["said"].items()
        },
        values={
            slot: [_both(value, "=") for value in values.split("|")]
            for slot, values in content["values"].items()
        },
    )


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))


def _lines(block: str) -> list[str]:
    return block.strip().splitlines()


def _both(text: str, sign: str) -> Both:
    spoken, found, written = text.partition(sign)
    return spoken, written if found else spoken
