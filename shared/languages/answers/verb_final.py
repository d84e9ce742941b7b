"""Sentences whose verb comes last, as in Hindi: what stands before it wants it.

What would be a part of a sentence is a whole answer by itself: "सोमवार को", "doctor ke liye". With
a subject, or somebody who wants something, it is not: "mujhe doctor se".
"""

import re
from collections.abc import Sequence

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER, CLAUSE

_ENDINGS = re.compile("|".join(CLAUSE.verb_endings) or "(?!)")
_LONG_CLAUSE = 9  # words, behind which a condition may have its consequence
_FEW = 4  # words
OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY
_ITS_OWN = (
    CLAUSE.topics
    | CLAUSE.possessives
    | CLAUSE.genitives
    | CLAUSE.postpositions
    | CLAUSE.agents
    | CLAUSE.final_verbs
    | CLAUSE.half_verbs
    | CLAUSE.polar
    | CLAUSE.conditions
)
_BEFORE = (ANSWER.polite, ANSWER.hesitations, ANSWER.negatives)
_VERBS = CLAUSE.final_verbs | CLAUSE.final_verbs_too
_POSTPOSITIONS = CLAUSE.postpositions | CLAUSE.postpositions_too
_WANTS_MORE = CLAUSE.degrees | (CLAUSE.conjunctions - CLAUSE.genitives) | CLAUSE.correlates
_WANTS_MORE |= CLAUSE.agents | CLAUSE.possessives


def verb_final(sentence: Sequence[str]) -> Completeness | None:
    """The completeness of such a sentence; None if it is none."""
    words = list(sentence)
    while len(words) > 1 and words[-1] in ANSWER.polite:
        words.pop()
    while len(words) > 1 and any(words[0] in known for known in _BEFORE):
        words.pop(0)
    words = _without_nouns(words) if words else []
    if not any(word in _ITS_OWN or _ENDINGS.fullmatch(word) for word in words):
        return None
    last = words[-1]
    if last in _WANTS_MORE:
        return OPEN
    if is_verb(last):
        return _with_verb(words)
    if last in CLAUSE.topics:
        return ANY if len(words) > 1 and is_verb(words[-2]) else OPEN
    others = CLAUSE.final_verbs_too  # such as "do", which is 2 before a noun
    verbs = [place for place, word in enumerate(words) if is_verb(word) and word not in others]
    return _without_verb(words[max(verbs, default=-1) + 1 :])


def _without_nouns(words: list[str]) -> list[str]:
    """The words without what is no topic, though it looks like one: "the main problem"."""
    before = CLAUSE.determiners | ANSWER.ordinals
    looks = [False, *(word in before for word in words[:-1])]
    return [
        "" if noun and word in CLAUSE.topics else word
        for word, noun in zip(words, looks, strict=True)
    ]


def is_verb(word: str) -> bool:
    """Whether it is a verb that ends a sentence of such a language."""
    if word in _POSTPOSITIONS:
        return False
    return word in _VERBS or bool(_ENDINGS.fullmatch(word))


def _with_verb(words: list[str]) -> Completeness:
    if words[0] in CLAUSE.possessives and len(words) <= _FEW and _only_names(words[1:-1]):
        return OPEN  # "mera number hai"
    begin = next((place for place, word in enumerate(words) if word in CLAUSE.conditions), None)
    late = begin is not None and any(is_verb(word) for word in words[:begin])
    if begin is not None and not late and not _consequent(words[begin:]):
        return OPEN if len(words) - begin <= _LONG_CLAUSE else EXTENDABLE
    return EXTENDABLE if _may_go_on(words) else ANY


def _consequent(words: list[str]) -> bool:
    """Whether behind a condition stands what is then."""
    verb = next(place for place, word in enumerate(words) if place and is_verb(word))
    topic = any(word in CLAUSE.topics for word in words[verb + 1 :])
    return topic or any(word in CLAUSE.correlates for word in words)


def _may_go_on(words: list[str]) -> bool:
    """Of "karna", "monday ko nahi", "kya aap bata sakte hain"."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in CLAUSE.negations:
        return not is_verb(before)
    return last in CLAUSE.half_verbs or any(word in CLAUSE.tellings for word in words[-3:])


def _only_names(words: list[str]) -> bool:
    """Whether it says only what something is called by: "mobile number"."""
    return bool(words) and all(word in ANSWER.named for word in words)


def _without_verb(tail: list[str]) -> Completeness | None:
    """The completeness of what stands behind the last verb, or of a sentence without one."""
    last = tail[-1]
    if any(word in CLAUSE.conditions for word in tail):
        return OPEN
    if any(word in CLAUSE.topics for word in tail) or tail[0] in CLAUSE.polar:
        known = len(tail) > 1 and tail[-2] in CLAUSE.topics  # "subah se hum log"
        known |= last in _POSTPOSITIONS or last in CLAUSE.genitives or last in CLAUSE.adverbs
        return OPEN if known or 1 < len(tail) < _FEW else EXTENDABLE
    if last in CLAUSE.polar or any(word in CLAUSE.question_words for word in tail):
        return EXTENDABLE
    subject = tail[0] in CLAUSE.subject_possessives
    if last in CLAUSE.genitives:
        whose = not subject and last not in CLAUSE.oblique_genitives and len(tail) < _FEW
        return EXTENDABLE if whose else OPEN
    if last in _POSTPOSITIONS or last in CLAUSE.adverbs:
        if subject:
            return OPEN
        return EXTENDABLE if tail[0] in CLAUSE.possessives else ANY
    return EXTENDABLE if tail[0] in CLAUSE.possessives else None
