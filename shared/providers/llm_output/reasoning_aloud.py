"""Reasoning without a tag: an answer that begins with a label, or speaks about the caller."""

import re

# "Okay, the user wants …": an answer speaks to the caller, and a thought about them.
_BEFORE = "ok|okay|alright|all|right|hmm|hm|so|well|now|first|the|this"
_WHO = "user|caller|customer|human"
_DOES = (
    "is|was|has|had|wants|want|asks|asked|says|said|seems|needs|just|would|might|probably|appears"
    "|greeted|mentioned"
)
_ABOUT = re.compile(rf"\W*(?:(?:{_BEFORE})\b\W*)*(?:{_WHO})(?:'s)?\s+(?:{_DOES})\b", re.IGNORECASE)
_KNOWN = re.compile(rf"{_BEFORE}|(?:{_WHO})(?:'s)?|{_DOES}")
_KNOWN_WORDS = (*_BEFORE.split("|"), *_WHO.split("|"), *_DOES.split("|"))
_LABEL_NAMES = (
    *("Thought", "Thinking", "Reasoning", "Analysis", "Reflection", "Scratchpad"),
    *("Thought process", "Thinking process", "Chain of thought", "Inner monologue"),
    *("Internal monologue", "Internal thought"),
)
_LABEL = re.compile(rf"\s*\**(?i:{'|'.join(_LABEL_NAMES)})\**\s?:|\s*analysis(?=[A-Z])")
_ANSWER_LABEL = re.compile(
    r"(?:^|\n)\s*\**(?i:(?:final )?(?:answer|response|reply))\**\s?:[\s*]*+(?=.)"
)


def speaks_about_the_caller(text: str) -> bool:
    """Whether this beginning is no beginning of an answer."""
    return bool(_ABOUT.match(text))


def is_labelled(text: str) -> re.Match[str] | None:
    """The label of a thought at the beginning of an answer."""
    return _LABEL.match(text)


def answer_label(text: str) -> re.Match[str] | None:
    """What ends a thought that began with a label."""
    return _ANSWER_LABEL.search(text)


def may_be_either(text: str) -> bool:
    """Whether more of this beginning is needed to tell."""
    begun = text.strip().strip("*").lower()
    if any(name.lower().startswith(begun.rstrip("* ")) for name in _LABEL_NAMES):
        return True
    words = re.findall(r"[\w']+", begun)
    if not words or begun[-1] in ".!?":
        return False
    *whole, last = words
    may_become_one = any(known.startswith(last) for known in _KNOWN_WORDS)
    return may_become_one and all(_KNOWN.fullmatch(word) for word in whole)
