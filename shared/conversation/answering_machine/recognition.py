"""Weighs the words of whoever answers a call: which machine speaks, if it can't be a person.

A false machine costs a person, a false person costs some seconds. So a phrase alone makes no
machine: it must be one that only machines say, or go with others of its kind, and nothing in all
that is said may be a living person's.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, fields

from shared.languages.catalogue import WORDS
from shared.languages.human_phrases import answers, greets, speaks_of_self, talks
from shared.languages.machine_phrases import AnsweredBy, MachinePhrases, compiled, normalise

_COMMON = {"name", "connects", "wait", "polite", "later"}  # said by everybody
_MAILBOX = {"tone", "mailbox"}
_REST = 2  # words beside those that only ask to wait, which say nothing either

# Every language's are looked for in every call: an operator speaks English, Hindi and the circle's
# own language, whichever the bot speaks.
PATTERNS: Mapping[str, re.Pattern[str]] = {
    field.name: compiled(getattr(WORDS.machine_phrases, field.name))
    for field in fields(MachinePhrases)
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of words: a person, or which machine.

    Attributes:
        machine: Which one, if a person would hardly say all this; None where one might.
        certain: Whether no person says such a thing at all.
        personal: Whether somebody says hello, or "I", as in people's own recordings.
        doubtful: Whether it may be a machine all the same, so that it is worth a question.
        alive: Whether it is surely a person: nothing but another voice makes it a machine.
        worded: Whether there are words in it that machines use.
    """

    machine: AnsweredBy | None = None
    certain: bool = False
    personal: bool = False
    doubtful: bool = False
    alive: bool = False
    worded: bool = False


def judge(text: str) -> Verdict:
    """Weigh all that has been said so far."""
    words = normalise(text)
    found = {kind for kind, pattern in PATTERNS.items() if pattern.search(words)}
    alive, own = answers(text), speaks_of_self(text)
    personal = own or greets(text)
    impersonal = not (own or alive or (talks(text) and personal))
    machine = None
    if impersonal and not talks(text) and _is_menu(found, words):
        machine = AnsweredBy.MENU
    elif _is_screen(found):
        machine = AnsweredBy.SCREEN
    elif found >= {"dialled", "tone"} or (found & _MAILBOX and not alive and "?" not in text):
        machine = AnsweredBy.MAILBOX
    elif impersonal and _is_unreachable(found, alone=not (personal or talks(text))):
        machine = AnsweredBy.NOBODY
    elif found >= {"recorded", "absent", "promise"} and not talks(text):
        machine = AnsweredBy.MAILBOX
    elif ("hold" in found or ("dialled" in found and not own)) and not alive:
        machine = AnsweredBy.HOLD
    return Verdict(
        machine,
        certain=machine is AnsweredBy.MAILBOX and "tone" in found,
        personal=personal,
        doubtful=bool(found - _COMMON) and (not alive or bool(found & _MAILBOX)),
        alive=alive and not found & {"screen", *_MAILBOX},
        worded=bool(found),
    )


def only_asks_to_wait(text: str) -> bool:
    """Whether nothing is said but that somebody is to wait."""
    words = normalise(text)
    if "?" in text or not (PATTERNS["wait"].search(words) or PATTERNS["hold"].search(words)):
        return False
    for kind in ("hold", "wait", "dialled", "polite"):
        words = PATTERNS[kind].sub(" ", words)
    return len(words.split()) <= _REST


def _is_menu(found: Set[str], words: str) -> bool:
    """Whether keys are offered: for something, by a company that greets, or several."""
    keys = len(PATTERNS["key"].findall(words))
    return "menu" in found or keys > 1 or (keys > 0 and "recorded" in found)


def _is_unreachable(found: Set[str], *, alone: bool) -> bool:
    """Whether an operator says it; only its end may have been heard, if nobody else speaks."""
    if found >= {"dialled", "unreachable"}:
        return True
    return alone and ("unreachable_only" in found or found >= {"unreachable", "later"})


def _is_screen(found: Set[str]) -> bool:
    if "screen" in found or found >= {"name", "connects"}:
        return True
    return "name_and_reason" in found and not found & {"promise", "recorded", *_MAILBOX}
