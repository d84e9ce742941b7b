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
_SAYS = r"(?: (?:says|said|speaks|replies|बोली|बोलीं|बोला|कहती है|कहते हैं))?"
# A name in Latin letters as Hindi writes it: its consonants, with any vowels between them.
_AKSHARAS = {
    **{"chh": "छ", "ksh": "(?:क्ष)", "kh": "[खक]", "gh": "[घग]", "ch": "[चछ]", "jh": "[झज]"},
    **{"th": "[थठटत]", "dh": "[धढदड]", "ph": "[फप]", "bh": "[भब]", "sh": "[शषस]", "k": "[कख]"},
    **{"c": "[कचस]", "q": "[कख]", "g": "[गजघ]", "j": "[जझ]", "t": "[तटथठ]", "d": "[दडधढ]"},
    **{"n": "[नणङञंँ]", "p": "[पफ]", "b": "[बभ]", "m": "[मं]", "y": "य?", "r": "[रड]", "l": "[लळ]"},
    **{"v": "[वब]", "w": "[वब]", "s": "[सशषज]", "h": "ह?", "z": "[जस]", "f": "फ", "x": "(?:क्स)"},
}
_VOWELS = "[\u0905-\u0914\u093a-\u094d\u0901-\u0903यव]*"
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
    known = "|".join(_spellings(name) for name in sorted(names, key=len, reverse=True))
    normalizer = f"{_ROLES}|{known}" if known else _ROLES
    return re.compile(
        rf"(?:(?:(?<=[.!?\u0964\u2026]\s)|(?<=\n)|^)\s*[*_\"]*(?:{normalizer})|^\s*(?:agent|एजेंट))"
        rf"[*_\"]*{_SAYS}(?: ?\([^()]{{1,40}}\))?[*_\"]*[ ]?[:\uff1a](?![/0-9])[*_\"]*\s*"
        # What is left of a model's header where a server drops its tokens, and of no answer at all.
        r"|^\s*(?-i:assistant|model|null|undefined)[ ]*(?:\n+|$)",
        re.IGNORECASE,
    )


def _spellings(name: str) -> str:
    """A name as it is written, or as Hindi writes it."""
    written = re.escape(name)
    if not (name.isascii() and len(name) > 1):
        return written
    letters = re.findall("|".join((*_AKSHARAS, r"[aeiou]+", r"\W+")), name.lower())
    hindi = _VOWELS.join("" if each[0] in "aeiou" else _AKSHARAS.get(each, " ") for each in letters)
    return rf"{written}|(?=[\u0900-\u097f]){_VOWELS}{hindi}{_VOWELS}"
