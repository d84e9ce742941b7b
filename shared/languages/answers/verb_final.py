"""Sentences whose verb comes last, as in Hindi: what stands before it wants it.

What would be a part of a sentence is a whole answer by itself: "सोमवार को", "doctor ke liye". With
a subject, or somebody who wants something, it is not: "mujhe doctor se".
"""

import re
from collections.abc import Sequence

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER, CLAUSE

_ENDINGS = re.compile("|".join(CLAUSE.verb_endings) or "(?!)")
_LONG_CLAUSE = 9
_FEW = 4
OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY
_KNOWN = (
    CLAUSE.topics
    | CLAUSE.possessives
    | CLAUSE.genitives
    | CLAUSE.postpositions
    | CLAUSE.agents
    | CLAUSE.final_verbs
    | CLAUSE.polar
)


def verb_final(sentence: Sequence[str]) -> Completeness | None:
    """The completeness of such a sentence; None if it is none."""
    words = list(sentence)
    while len(words) > 1 and words[-1] in ANSWER.polite:
        words.pop()
    while len(words) > 1 and (words[0] in ANSWER.polite or words[0] in ANSWER.hesitations):
        words.pop(0)
    if not any(word in _KNOWN or _is_verb(word) for word in words):
        return None
    last = words[-1]
    if last in CLAUSE.conjunctions and last not in CLAUSE.genitives or last in CLAUSE.degrees:
        return OPEN
    if _is_verb(last):
        return _with_verb(words)
    tail = words[_end_of_verb(words) :]
    if last in CLAUSE.agents or last in CLAUSE.possessives:
        return OPEN
    if last in CLAUSE.topics:
        return ANY if len(words) > 1 and _is_verb(words[-2]) else OPEN
    return _without_verb(tail)


def _is_verb(word: str) -> bool:
    return word in CLAUSE.final_verbs or bool(_ENDINGS.fullmatch(word))


def _end_of_verb(words: list[str]) -> int:
    """How many words there are up to the last verb."""
    return max((place + 1 for place, word in enumerate(words) if _is_verb(word)), default=0)


def _with_verb(words: list[str]) -> Completeness:
    last = words[-1]
    if words[0] in CLAUSE.possessives and len(words) <= _FEW and _names_only(words[1:-1]):
        return OPEN  # "mera number hai"
    begins = next((place for place, word in enumerate(words) if word in CLAUSE.subordinators), None)
    if begins is not None and not any(word in CLAUSE.consequents for word in words[begins:]):
        return OPEN if len(words) - begins <= _LONG_CLAUSE else EXTENDABLE
    return EXTENDABLE if last in CLAUSE.half_verbs else ANY


def _names_only(words: list[str]) -> bool:
    """Whether it says only what something is called by: "mobile number"."""
    return bool(words) and all(word in _NAMES for word in words)


_NAMES = ANSWER.named


def _without_verb(tail: list[str]) -> Completeness | None:
    last = tail[-1]
    if any(word in CLAUSE.subordinators for word in tail):
        return OPEN
    if tail[0] in CLAUSE.polar and len(tail) > 1:
        return OPEN
    topic = any(word in CLAUSE.topics for word in tail)
    subject = topic or tail[0] in CLAUSE.subject_possessives
    if last in CLAUSE.genitives:
        return EXTENDABLE if not subject and last in _BELONGS and len(tail) <= 3 else OPEN
    if last in CLAUSE.postpositions or last in CLAUSE.adverbs:
        if subject:
            return OPEN
        return EXTENDABLE if tail[0] in CLAUSE.possessives and len(tail) > _FEW else ANY
    if topic:
        return OPEN
    return EXTENDABLE if subject else None


_BELONGS = CLAUSE.genitives - {"ke", "के"}
