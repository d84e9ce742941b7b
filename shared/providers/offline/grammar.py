"""The closed vocabulary of the scripted demo: phrases, the ways to say them, and how they sound."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import product


class Phrase(StrEnum):
    """Something a caller may say; the value is the part every wording of it contains."""

    OPENING_HOURS = "opening hours"
    BOOK = "book an appointment"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    YES = "yes"
    RIGHT = "that's right"
    NO = "no"
    HELLO = "hello"
    WAIT = "wait"
    REPEAT = "repeat that"
    AGENT = "talk to an agent"
    GOODBYE = "goodbye"


_WANT = "[i want to | i would like to | i'd like to | can i]"

# Square brackets may be left out, a bar separates alternatives; nothing nests.
WORDINGS: Mapping[Phrase, str] = {
    Phrase.OPENING_HOURS: "[what are] [your | the] opening hours [on saturday] [please]",
    Phrase.BOOK: f"{_WANT} book an appointment [please]",
    Phrase.MONDAY: "[on] monday [please]",
    Phrase.TUESDAY: "[on] tuesday [please]",
    Phrase.WEDNESDAY: "[on] wednesday [please]",
    Phrase.THURSDAY: "[on] thursday [please]",
    Phrase.FRIDAY: "[on] friday [please]",
    Phrase.YES: "yes [please]",
    Phrase.RIGHT: "[yes] that's right",
    Phrase.NO: "no [thanks]",
    Phrase.HELLO: "hello",
    Phrase.WAIT: "wait [stop | please]",
    Phrase.REPEAT: "[please | can you] repeat that [please]",
    Phrase.AGENT: f"{_WANT} talk to an agent [please]",
    Phrase.GOODBYE: "goodbye",
}

_SLOT = re.compile(r"\[(?P<optional>[^]]*)\]|(?P<fixed>[^[\]]+)")


def jsgf(phrases: Iterable[Phrase]) -> str:
    """Write the grammar that accepts every wording of the phrases and nothing else."""
    rule = " | ".join(f"({WORDINGS[phrase]})" for phrase in phrases)
    return f"#JSGF V1.0;\ngrammar demo;\npublic <said> = {rule};\n"


def sentences(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Spell out every sentence of the grammar, to tell a whole one from a fragment."""
    return frozenset(
        " ".join(" ".join(words).split())
        for phrase in phrases
        for words in product(*_slots(WORDINGS[phrase]))
    )


def pronunciations(dictionary: Iterable[str], words: Iterable[str]) -> dict[str, list[str]]:
    """Pick the words' pronunciations from the lines of a CMU dictionary.

    A recogniser holding only these loads ten times faster than one with all 135,000.

    Raises:
        KeyError: Words that the dictionary does not know.
    """
    wanted = set(words)
    found: dict[str, list[str]] = {}
    for line in dictionary:
        entry, _, phones = line.strip().partition(" ")
        word = entry.partition("(")[0]  # "hours(2)" is a second way to say "hours"
        if word in wanted:
            found.setdefault(word, []).append(phones)
    if missing := wanted - found.keys():
        raise KeyError(*sorted(missing))
    return found


def _slots(wording: str) -> Iterable[tuple[str, ...]]:
    for slot in _SLOT.finditer(wording):
        if slot["fixed"] is not None:
            yield (slot["fixed"],)
        else:
            yield ("", *slot["optional"].split("|"))
