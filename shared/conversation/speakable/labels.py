"""Who speaks, where that is written before what is said: `Assistant: …`, `Asha: …`."""

import re
from collections.abc import Iterable

_ROLES = (
    r"(?:(?:ai|virtual|voice|chat|phone)[ -]?)?(?:assistant|bot)|chatbot|voicebot"
    r"|(?:ai|virtual|voice) agent|ai|असिस्टेंट|सहायक|बॉट"
)
_NAME = r"(?P<name>(?:[A-Z][\w'\u2019-]*|[\u0900-\u097f]{2,})(?: [A-Z][\w'\u2019-]*){0,2})"
_CALLED = re.compile(
    rf"\b(?:[Yy]ou are|[Yy]ou're|YOU ARE|[Yy]our name is|[Ii]ts name is|called|named|[Aa]ct as"
    rf"|[Ii] am|[Ii]'m|[Tt]his is|[Nn]ame:|[Aa]ap|[Aa]apka naa?m|आप|आपका नाम|तुम|तुम्हारा नाम)"
    rf"[ ]+{_NAME}"
)
_NO_NAME = re.compile(
    r"(?:The|An?|In|On|At|Not|Now|Here|Our|My|For|No|हैं?|एक|की|के|का)\b", re.IGNORECASE
)


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
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    speaker = f"{_ROLES}|{known}" if known else _ROLES
    return re.compile(
        rf"(?:(?:(?<=[.!?\u0964\u2026]\s)|(?<=\n)|^)\s*[*_\"]*(?:{speaker})|^\s*agent)"
        r"[*_\"]*(?: ?\([^()]{1,40}\))?[*_\"]*[ ]?[:\uff1a](?![/0-9])[*_\"]*\s*",
        re.IGNORECASE,
    )
