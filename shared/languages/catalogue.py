"""The languages there are, by code; a language is a folder, and a line here."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from shared.languages.language_pack import LanguagePack, LanguageWords
from shared.languages.prompts import Prompts

# Each folder has a module `language`, and in it the language's pack, `LANGUAGE`. Where two
# languages' words could both match, those of the first are tried first.
FOLDERS = {
    "en": "english",
    "hi": "hindi",
    "bn": "bengali",
    "gu": "gujarati",
    "kn": "kannada",
    "ml": "malayalam",
    "mr": "marathi",
    "ne": "nepali",
    "pa": "punjabi",
    "ta": "tamil",
    "te": "telugu",
    "ur": "urdu",
}
FALLBACK = "en"


def _pack_in(folder: str) -> LanguagePack:
    pack = import_module(f"shared.languages.{folder}.language").LANGUAGE
    if not isinstance(pack, LanguagePack):
        raise TypeError(f"LANGUAGE in shared/languages/{folder}/language.py must be a LanguagePack")
    return pack


def _together(parts: Sequence[Any]) -> Any:
    """The parts of several languages as one of the same type, in their order."""
    first = parts[0]
    if is_dataclass(first) and not isinstance(first, type):
        wholes = {
            each.name: _together([getattr(part, each.name) for part in parts])
            for each in fields(first)
        }
        return replace(first, **wholes)
    if isinstance(first, Mapping):
        names = dict.fromkeys(chain.from_iterable(parts))
        return {name: _value([part[name] for part in parts if name in part]) for name in names}
    return type(first)(chain.from_iterable(parts))


def _value(values: Sequence[Any]) -> Any:
    """What a word stands for: all patterns of it, or what the first language says."""
    return _together(values) if isinstance(values[0], tuple) else values[0]


PACKS: Mapping[str, LanguagePack] = {code: _pack_in(folder) for code, folder in FOLDERS.items()}
WORDS: LanguageWords = _together([pack.words for pack in PACKS.values()])  # of all languages
# The names and codes of those that have prompts, so that bots speak them.
SPOKEN_NAMES = [
    name for code, folder in FOLDERS.items() if PACKS[code].prompts for name in (folder, code)
]


def pack_of(language: str) -> LanguagePack:
    """The pack for a code such as `hi-IN`; an empty one for a language that isn't known."""
    return PACKS.get(base_of(language), LanguagePack())


def base_of(language: str) -> str:
    """The language without its region: "hi" for `hi-IN`."""
    return language.partition("-")[0].lower()


def prompts_in(language: str) -> Prompts:
    """The prompts for a code such as `hi-IN`; in English where there are none in that language."""
    prompts = pack_of(language).prompts or PACKS[FALLBACK].prompts
    assert prompts
    return prompts


def giving_up_in(language: str) -> tuple[str, Path]:
    """The prompt `giving_up` and its recording; in English where one of them is missing."""
    pack = pack_of(language)
    if not (pack.prompts and pack.giving_up):
        pack = PACKS[FALLBACK]
    assert pack.prompts and pack.giving_up
    return pack.prompts.giving_up, pack.giving_up
