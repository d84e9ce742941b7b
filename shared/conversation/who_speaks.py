"""Weighs the words of whoever answers a call: which machine speaks, if it can't be a person.

A false machine costs a person, a false person costs some seconds. So a phrase alone makes no
machine: it must be one that only machines say, or go with others of its kind, and nothing in all
that is said may be a living person's.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, fields

from shared.conversation.living_words import answers, greets, speaks_of_self, talks
from shared.conversation.machine_words import Machine, Phrases, compiled, normalise
from shared.conversation.machines_english import ENGLISH
from shared.conversation.machines_hindi import HINDI

# All of them are looked for in every call: an operator speaks English, Hindi and the circle's own
# language, whichever the bot speaks.
LANGUAGES: tuple[Phrases, ...] = (ENGLISH, HINDI)
_COMMON = {"name", "connects", "wait", "polite", "later"}  # said by everybody
_MAILBOX = {"tone", "mailbox"}
_REST = 2  # words beside those that only ask to wait, which say nothing either

PATTERNS: Mapping[str, re.Pattern[str]] = {
    field.name: compiled(each for language in LANGUAGES for each in getattr(language, field.name))
    for field in fields(Phrases)
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What words tell about who says them.

    Attributes:
        machine: Which one, if a person would hardly say all this; None where one might.
        certain: Whether no person says such a thing at all.
        personal: Whether somebody says hello, or "I", as in people's own recordings.
        doubtful: Whether it may be a machine all the same, so that it is worth a question.
        alive: Whether it is surely a person: nothing but another voice makes it a machine.
    """

    machine: Machine | None = None
    certain: bool = False
    personal: bool = False
    doubtful: bool = False
    alive: bool = False


def judge(text: str) -> Verdict:
    """Weigh all that has been said so far."""
    words = normalise(text)
    found = {kind for kind, pattern in PATTERNS.items() if pattern.search(words)}
    alive, personal = answers(text), greets(text) or speaks_of_self(text)
    machine = _machine(
        found, words, alive=alive, lively=talks(text), asks="?" in text, personal=personal
    )
    return Verdict(
        machine,
        certain=machine is Machine.MAILBOX and "tone" in found,
        personal=personal,
        doubtful=bool(found - _COMMON) and (not alive or bool(found & _MAILBOX)),
        alive=alive and not found & {"screen", *_MAILBOX},
    )


def only_asks_to_wait(text: str) -> bool:
    """Whether nothing is said but that somebody is to wait."""
    words = normalise(text)
    if "?" in text or not (PATTERNS["wait"].search(words) or PATTERNS["hold"].search(words)):
        return False
    for kind in ("hold", "wait", "dialled", "polite"):
        words = PATTERNS[kind].sub(" ", words)
    return len(words.split()) <= _REST


def _machine(
    found: Set[str], words: str, *, alive: bool, lively: bool, asks: bool, personal: bool
) -> Machine | None:
    if not lively and ("menu" in found or len(PATTERNS["key"].findall(words)) > 1):
        return Machine.MENU
    if _is_screen(found):
        return Machine.SCREEN
    if found & _MAILBOX and not (alive or asks):
        return Machine.MAILBOX
    if found >= {"dialled", "unreachable"} and not (alive or (lively and personal)):
        return Machine.NOBODY
    if not lively:
        if "unreachable_only" in found or (not personal and found >= {"unreachable", "later"}):
            return Machine.NOBODY
        if "recorded" in found and found & {"absent", "promise"}:
            return Machine.MAILBOX
    return Machine.HOLD if found & {"dialled", "hold"} and not alive else None


def _is_screen(found: Set[str]) -> bool:
    if "screen" in found or found >= {"name", "connects"}:
        return True
    return "name_and_reason" in found and not found & {"promise", "recorded", *_MAILBOX}
