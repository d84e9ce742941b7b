"""Labels that say who speaks, before what is said: `Assistant: …`, `Asha: …`."""

import re
from collections.abc import Iterable

from shared.languages.catalogue import WORDS
from shared.languages.normalization.written_words import any_of

_WORDS = WORDS.written
_ROLES = any_of(_WORDS.roles)
_NAME = r"(?P<name>(?:[A-Z][\w'\u2019-]*|[\u0900-\u097f]{2,})(?: [A-Z][\w'\u2019-]*){0,2})"
_CALLED = re.compile(rf"\b(?:{any_of(_WORDS.called)})[ ]+{_NAME}")
_SAYS = rf"(?: (?:{any_of(_WORDS.says)}))?"
_NO_NAME = re.compile(rf"(?:{any_of(_WORDS.no_names)})\b", re.IGNORECASE)


def names_in(instructions: str) -> frozenset[str]:
    """Whom the instructions call the bot, as in "You are Asha, …": "Asha", "Asha Rao"."""
    names: set[str] = set()
    for found in _CALLED.finditer(instructions):
        if not _NO_NAME.match(found["name"]):
            names |= {found["name"], found["name"].split()[0]}
    return frozenset(names)


def label_of(names: Iterable[str]) -> re.Pattern[str]:
    """A regular expression for the label before what a bot of these names says.

    It is one only where a sentence begins. "AI:" and the like are always labels; a name is one only
    if it is the bot's, since `Monday: closed` is to be said.
    """
    known = "|".join(_spellings(name) for name in sorted(names, key=len, reverse=True))
    normalizer = f"{_ROLES}|{known}" if known else _ROLES
    return re.compile(
        rf"(?:(?:(?<=[.!?\u0964\u2026]\s)|(?<=\n)|^)\s*[*_\"]*(?:{normalizer})|^\s*(?:{any_of(_WORDS.lone_roles)}))"
        rf"[*_\"]*{_SAYS}(?: ?\([^()]{{1,40}}\))?[*_\"]*[ ]?[:\uff1a](?![/0-9])[*_\"]*\s*"
        # What is left of a model's header where a server drops its tokens, and of no answer at all.
        r"|^\s*(?-i:assistant|model|null|undefined)[ ]*(?:\n+|$)",
        re.IGNORECASE,
    )


def _spellings(name: str) -> str:
    """A name as it is written, or as other scripts write it."""
    written = re.escape(name)
    if not (name.isascii() and len(name) > 1):
        return written
    return any_of([written], (spelling_of(name) for spelling_of in _WORDS.spellings))
