"""Codes: figures that name something, and are said digit by digit."""

import re

from shared.languages.normalization.locale import Locale
from shared.languages.normalization.numerals import AFTER, BEFORE, digits_in_words
from shared.languages.normalization.rules import Rule, left_of, rule
from shared.languages.normalization.written_words import WrittenWords, any_of

_ATTACHED = rf"(?<=[A-Za-z])[0-9]{{4,}}{AFTER}|(?<=[A-Za-z]-)[0-9]{{3,}}{AFTER}"
_PADDED = rf"{BEFORE}(?<![0-9],)0[0-9]+{AFTER}"
_GROUPS = r"[0-9]{3,4}(?:[ -][0-9]{3,4}){1,3}(?![0-9])|[0-9]{3,}(?:-[0-9]{3,})*"

# Letters and figures in one word, four of the latter in a row: a PAN, a GSTIN. A5 and 2BHK aren't.
_MIXED = (
    r"(?<![A-Za-z0-9])(?=[A-Z0-9]*[0-9]{4})"
    r"(?:[A-Z0-9]*[A-Z][0-9]+[A-Z]|[A-Z0-9]*[0-9][A-Z]+[0-9])[A-Z0-9]*(?![A-Za-z0-9])"
)

_STATES = (
    "AN|AP|AR|AS|BR|CG|CH|DD|DL|DN|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|RJ"
    "|SK|TG|TN|TR|TS|UA|UK|UP|WB"
)
_PLATE = (
    rf"(?<![A-Za-z0-9])(?:(?:{_STATES})[ -]?[0-9]{{1,2}}[A-Z]?[ -]?"
    r"(?:(?!AM|PM)[A-Z]{1,3}[ -]?[0-9]{3}|[A-Z]{0,3}[ -]?[0-9]{4})"
    r"|[0-9]{2}[ -]?BH[ -]?[0-9]{4}[ -]?[A-Z]{1,2})(?![A-Za-z0-9]|[.,][0-9])"
)

_MASKED = (
    r"(?<![A-Za-z0-9])(?P<front>[0-9]{1,6}|[0-9]{4}[ -])??"
    r"(?:[Xx]{3,}[ -]?)*(?:[Xx]{3,}[ -]?|[Xx]{2}(?=[ -]?[0-9]{4})[ -]?|[Xx]{2})"
    r"(?P<last>[0-9]{2,6}[A-Z]?)(?![A-Za-z0-9]|[.,][0-9])"
)
_MASKED_END = r"(?<![A-Za-z0-9])[0-9]{2,6}[ -]?[Xx]{3,}(?![A-Za-z0-9])"


def code_rules(locale: Locale) -> list[Rule]:
    """Rules for digits that name something: an OTP, `KA 01 AB 1234`, `SBIN0001234`."""
    digits, written = locale.digits, locale.written

    def say(found: re.Match[str]) -> str:
        return digits_in_words(found[0], digits)

    def say_named(found: re.Match[str]) -> str:
        return f"{found[1]}{digits_in_words(found[2], digits)}"

    what = rf"(?:{any_of(written.code_purpose)})?"
    link = rf"(?:{any_of(written.code_is)})(?![A-Za-z])"
    named = rf"((?<![A-Za-z])(?:{locale.naming}){what}(?:[ :#.-]|{link}){{1,8}})({_GROUPS}){AFTER}"
    return [
        rule(_MIXED, lambda found: spelled(found[0], digits)),
        rule(named, say_named),
        rule(_named_later(written), say),
        rule(_ATTACHED, say),
        rule(_PADDED, say),
    ]


def _named_later(written: WrittenWords) -> str:
    """A code before its name, as text messages have it: 4821 is your OTP."""
    whose = any_of(written.possessives)
    verb = rf"(?:{any_of(written.code_verbs)})(?:[ ](?:{whose}))?"
    joint = f"{verb}|{any_of(written.lone_possessives)}"
    return rf"{BEFORE}[0-9]{{4,8}}(?=[ ](?:{joint})[ ](?:{any_of(written.code_names)}))"


def plate_rules(digits: tuple[str, ...], written: WrittenWords) -> list[Rule]:
    """Rules for number plates; before `05 AM` is taken for a time.

    Args:
        digits: The words for 0 to 9.
        written: Among them the names of letters, as other scripts spell them.
    """
    letter = rf"(?:(?:{any_of(written.letters)})[ ]?)"
    spelt = rf"(?<![\u0900-\u097f]){letter}{{2}}[0-9]{{1,2}}[ ]?{letter}{{1,3}}[0-9]{{3,4}}{AFTER}"

    def say_spelt(found: re.Match[str]) -> str:
        return re.sub("[0-9]+", lambda figures: digits_in_words(figures[0], digits), found[0])

    return [
        rule(_PLATE, lambda found: spelled(found[0], digits)),
        rule(spelt, say_spelt),
    ]


def mask_rules(digits: tuple[str, ...], ending: str, written: WrittenWords) -> list[Rule]:
    """The rule for what is hidden but for its last figures, such as `XXXX XXXX 1234`.

    Args:
        digits: The words for 0 to 9.
        ending: What is said for the part that is hidden, unless it was said before.
        written: Among them what says it.
    """
    said_before = re.compile(rf"(?i:{any_of(written.last_digits)})[ :-]*$")

    def say(found: re.Match[str]) -> str:
        front = f"{spelled(found['front'], digits)}, " if found["front"] else ""
        told = said_before.search(left_of(found))
        return f"{front}{'' if told else ending}{spelled(found['last'], digits)}"

    return [rule(_MASKED, say), rule(_MASKED_END, lambda found: digits_in_words(found[0], digits))]


def spelled(code: str, digits: tuple[str, ...]) -> str:
    """A code with its figures in words; its letters stay together as they are written."""
    parts = re.findall(r"[0-9]+(?:[ -][0-9]+)*|[A-Za-z]+", code)
    return " ".join(digits_in_words(p, digits) if p[0].isdigit() else p for p in parts)
