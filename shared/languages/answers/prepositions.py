"""Prepositions at the end of a clause, whose noun may stand before: "where are you from"."""

from collections.abc import Sequence

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.relative_clauses import PRONOUNS, asks, gap
from shared.languages.answers.vocabulary import CLAUSE

OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY
_SUBJECTS = PRONOUNS | CLAUSE.persons
_NOUN_BEFORE = CLAUSE.determiners | CLAUSE.demonstratives
_ASIDE = CLAUSE.persons | CLAUSE.pronouns  # between a verb and its particle, as in "fill it in"


def preposition(words: list[str], *, answered: bool) -> Completeness:
    """The completeness of a clause that ends in one.

    Args:
        words: Of the clause.
        answered: Whether a yes or no stands before it.
    """
    last, before = words[-1], words[:-1]
    if not before:
        return OPEN
    if last in CLAUSE.infinitive and before[-1] in CLAUSE.ellipses:
        negated = any(word in CLAUSE.negations for word in before)
        begins = CLAUSE.subordinators | (CLAUSE.conjunctions - CLAUSE.coordinators)
        conditional = any(word in begins for word in before)
        return EXTENDABLE if negated or conditional or answered else OPEN
    if last in CLAUSE.particles and _is_particle(before, last):
        return EXTENDABLE
    return _stranded(last, before)


def _is_particle(before: list[str], last: str) -> bool:
    """Whether it belongs to a verb, as in "come in", "turn it on", "is the offer still on"."""
    apart = len(before) > 1 and before[-1] in _ASIDE
    verb = before[-2] if apart else before[-1]
    inverted = before[0] in CLAUSE.copulas and len(before) > 2
    return f"{verb} {last}" in CLAUSE.phrasal or inverted


def _stranded(last: str, before: Sequence[str]) -> Completeness:
    verb = before[-1]
    if verb in CLAUSE.question_words:
        alone = len(before) == 1 and last not in CLAUSE.hollow
        return ANY if alone else OPEN if last in CLAUSE.hollow else EXTENDABLE
    if last in CLAUSE.genitive and verb not in CLAUSE.about_verbs:
        return OPEN
    begin = gap(before)
    if begin is None:
        return OPEN
    clause = before[begin + 1 :]
    goes = last not in CLAUSE.destination or any(
        word in CLAUSE.destination_verbs for word in before[-2:]
    )
    noun_last = any(word in _NOUN_BEFORE for word in clause[-3:-1])  # "the price of"
    if any(word in _SUBJECTS for word in clause):
        sure = goes and not noun_last and (begin > 1 or asks(before, begin))
        return ANY if sure else EXTENDABLE
    verb_before = len(before) > 1 and before[-2] in CLAUSE.infinitive
    asked = any(word in CLAUSE.auxiliaries for word in clause[:2])
    named = asks(before, begin) and clause[0] not in CLAUSE.copulas and len(clause) > 1
    return EXTENDABLE if goes and (verb_before or asked or named) else OPEN
