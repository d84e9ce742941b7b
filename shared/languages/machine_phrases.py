"""The kinds of machines that answer a call, and of phrases that tell them from people."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shared.languages.word_split import strip_nukta


class AnsweredBy(StrEnum):
    """The machine that speaks, if it is not the person who was rung."""

    MAILBOX = "a mailbox"  # it takes a message
    MENU = "a menu"  # it wants keys
    NOBODY = "the operator: nobody can be reached"  # switched off, out of coverage, no such number
    HOLD = "the operator: hold the line"  # the person may still come
    SCREEN = "a call screen"  # it asks who calls and why; the person reads or hears the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class MachinePhrases:
    """One language's phrases, as regular expressions over words without punctuation.

    Attributes:
        screen: Only call screens say it.
        name_and_reason: Call screens ask for it; a mailbox may, for a message.
        name: Call screens ask for it, and others.
        connects: Call screens promise it for a name, and people do.
        tone: Only mailboxes say it: nobody else tells people to talk after a beep.
        mailbox: Mailboxes say it, and hardly anybody else.
        recorded: Greetings of mailboxes are worded like that, and people's now and then.
        absent: Somebody can't come to the phone; people say so too.
        promise: Somebody will call back; people say so too.
        menu: Only menus say it.
        key: A menu's offer of a key, and a person's question about it.
        dialled: How operators call the number that was rung, or whoever has it.
        unreachable: What operators say of it; people say it of somebody's phone.
        later: An operator's advice.
        unreachable_only: Only operators say it, of somebody who can't be reached.
        hold: Operators and companies say it while the person is fetched.
        wait: So do call screens and people.
        polite: What may stand around that.
    """

    screen: tuple[str, ...] = ()
    name_and_reason: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    connects: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    mailbox: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    promise: tuple[str, ...] = ()
    menu: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    dialled: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    unreachable_only: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    wait: tuple[str, ...] = ()
    polite: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """Lower case, without punctuation or the difference between spellings of one sound."""
    letters = strip_nukta(text.lower()).replace("’", "'").replace("'", "")
    return " ".join("".join(" " if _parts_words(each) else each for each in letters).split())


def compiled(expressions: Iterable[str]) -> re.Pattern[str]:
    r"""One pattern that finds any of them where a word begins, in normalised text.

    White space is what parts words here: Python's \\b stumbles over Devanagari's vowel signs.
    """
    return re.compile("|".join(rf"(?:(?<!\S)(?:{strip_nukta(each)}))" for each in expressions))


def _parts_words(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC"
