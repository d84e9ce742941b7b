"""Prepositions at the end of a clause, whose noun may stand before: "where are you from"."""

from collections.abc import Sequence

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import CLAUSE

OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY
_PRONOUNS = CLAUSE.subjects | CLAUSE.pronouns
_NOUN_BEFORE = CLAUSE.determiners | CLAUSE.demonstratives
_GAPS = CLAUSE.question_words - CLAUSE.adverbial_questions
_GAPS |= CLAUSE.relatives | CLAUSE.question_contractions
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
        conditional = before[0] in CLAUSE.subordinators
        return EXTENDABLE if negated or conditional or answered else OPEN
    if last in CLAUSE.particles and _is_particle(before, last):
        return EXTENDABLE
    return _stranded(last, before)


def _is_particle(before: list[str], last: str) -> bool:
    """Whether it belongs to a verb, as in "come in", "turn it on", "is the offer still on"."""
    apart = len(before) > 1 and before[-1] in _ASIDE
    verb = before[-2] if apart else before[-1]
    asks = before[0] in CLAUSE.copulas and len(before) > 2
    return f"{verb} {last}" in CLAUSE.phrasal or asks


def _stranded(last: str, before: Sequence[str]) -> Completeness:
    verb = before[-1]
    if verb in CLAUSE.question_words:
        alone = len(before) == 1 and last not in CLAUSE.hollow
        return ANY if alone else OPEN
    if last in CLAUSE.genitive and verb not in CLAUSE.about_verbs:
        return OPEN
    if last in CLAUSE.destination and not any(
        word in CLAUSE.destination_verbs for word in before[-2:]
    ):
        return OPEN
    begin = _gap(before)
    if begin is None:
        return OPEN
    clause = before[begin + 1 :]
    noun_last = any(word in _NOUN_BEFORE for word in clause[-3:-1])  # "the price of"
    if any(word in _PRONOUNS or word in CLAUSE.persons for word in clause) and not noun_last:
        asks = before[begin] in _GAPS - CLAUSE.relatives
        return ANY if begin > 1 or asks else EXTENDABLE
    return EXTENDABLE if clause[0] in CLAUSE.auxiliaries else OPEN


def _gap(before: Sequence[str]) -> int | None:
    """The place of what the preposition belongs to: "where", "what", "the person" I spoke to."""
    for place in range(len(before) - 2, -1, -1):
        if before[place] in _GAPS:
            return place
        noun = place > 0 and before[place - 1] in CLAUSE.determiners
        if noun and before[place + 1] in _PRONOUNS and place + 1 < len(before) - 1:
            return place
    return None
