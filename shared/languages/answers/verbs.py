"""Verbs at the end of a clause, or with a pronoun behind them: "can you", "I am", "I want"."""

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.relative_clauses import (
    PRONOUNS,
    VERBS,
    contact,
    embeds,
    embeds_subject,
)
from shared.languages.answers.vocabulary import CLAUSE

OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY
_FEW = 3  # words


def _asks_who_is(words: list[str]) -> bool:
    """Whether it ends as "how are you" and "what time is it" do."""
    asked = any(word in CLAUSE.question_words for word in words[:-2])
    return len(words) > 2 and words[-2] in CLAUSE.copulas and asked


def asks_who(words: list[str]) -> Completeness:
    """The completeness of a clause that ends in a subject: "how are they", "why can't I"."""
    if _asks_who_is(words):
        return ANY
    refused = len(words) > 2 and words[-2] in CLAUSE.negations
    return EXTENDABLE if refused and words[-3] in CLAUSE.question_words else OPEN


def inversion(words: list[str]) -> Completeness:
    """The completeness of "can you", "what do you", "how are you", "how do I do it"."""
    if _asks_who_is(words):
        return ANY
    if len(words) > 2 and words[-3] in PRONOUNS:
        return ANY  # it is no auxiliary
    begins = len(words) == 2 or words[0] in CLAUSE.question_words
    return OPEN if begins or words[-3] in CLAUSE.question_words else EXTENDABLE


def auxiliary(words: list[str], *, answered: bool) -> Completeness:
    """The completeness of "I am", "yes I do", "do you know what it is", "I don't think I should".

    Args:
        words: Of the clause.
        answered: Whether a yes or no stands before it.
    """
    last, before = words[-1], words[:-1]
    if answered and (not before or before[-1] in PRONOUNS):
        return ANY
    if not before:
        return OPEN
    short = len(words) == 2 and last in CLAUSE.auxiliaries - CLAUSE.transitives
    if before[-1] in PRONOUNS and (short or last in CLAUSE.negations):
        return EXTENDABLE
    twice = before[-1] in CLAUSE.auxiliaries or before[-1] in CLAUSE.negations
    noun = embeds(before[1:-1]) and last in CLAUSE.copulas
    asked = embeds(before[:1]) and any(word in CLAUSE.auxiliaries for word in before)
    return EXTENDABLE if twice or noun or asked or embeds_subject(before) else OPEN


def gives(words: list[str]) -> Completeness:
    """The completeness of "tell me", "can you give me", "what did they tell me"."""
    before = words[:-2]
    negated = any(word in CLAUSE.negations for word in before)
    if negated or embeds(before) or contact(before) is not None:
        return ANY
    if words[-2] in CLAUSE.tells:
        asked = any(word in VERBS or word in CLAUSE.infinitive for word in before)
        return OPEN if asked else EXTENDABLE
    return OPEN


def without_object(words: list[str]) -> Completeness:
    """The completeness of "I want", "that is all I need", "I would like to know"."""
    last, before = words[-1], words[:-1]
    if embeds(before):
        return ANY
    if any(word in CLAUSE.negations for word in before):
        return EXTENDABLE if last in CLAUSE.transitives else ANY
    if last in CLAUSE.wishes:
        return OPEN if before[-1] in CLAUSE.would else ANY
    if last in CLAUSE.transitives or last in VERBS:
        passive = before[-1] in CLAUSE.copulas  # "is needed"
        return EXTENDABLE if passive or embeds_subject(before) else OPEN
    wants_to = len(before) > 1 and before[-1] in CLAUSE.infinitive
    if last in CLAUSE.knows and not wants_to:
        return EXTENDABLE
    begins = before[-1] in PRONOUNS or before[-1] in VERBS
    return OPEN if wants_to or (begins and len(before) < _FEW) else EXTENDABLE
