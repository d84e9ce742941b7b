"""Prepositions at the end of a clause, whose noun may stand before: "where are you from"."""

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import CLAUSE

OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY


def preposition(words: list[str], *, answered: bool) -> Completeness:
    """The completeness of a clause that ends in a preposition."""
    last, before = words[-1], words[:-1]
    if not before:
        return OPEN
    verb = before[-1]
    if last in CLAUSE.infinitive and verb in CLAUSE.ellipses:
        negated = any(word in CLAUSE.negations for word in before)
        conditional = before[0] in CLAUSE.subordinators
        return EXTENDABLE if negated or conditional or answered else OPEN
    if last in CLAUSE.particles and (verb in CLAUSE.phrasal or _phrasal_apart(before)):
        return EXTENDABLE if last != "by" else OPEN
    return _stranded(words)


def _phrasal_apart(before: list[str]) -> bool:
    """Of "fill it in"."""
    apart = len(before) > 1 and (before[-1] in CLAUSE.persons or before[-1] in CLAUSE.pronouns)
    return apart and before[-2] in CLAUSE.phrasal


def _stranded(words: list[str]) -> Completeness:
    """The completeness of a clause with a preposition at its end, whose noun may stand before."""
    last, before = words[-1], words[:-1]
    verb = before[-1]
    if verb in CLAUSE.question_words:
        return ANY if len(before) == 1 and last not in ("about", "of") else OPEN
    if last == "of" and verb not in CLAUSE.about_verbs:
        return OPEN
    begin = _gap(before)
    if begin is None:
        return OPEN
    behind = before[begin + 1 :]
    subject = next(
        (
            place
            for place, word in enumerate(behind)
            if word in CLAUSE.subjects or word in CLAUSE.pronouns or word in CLAUSE.persons
        ),
        None,
    )
    noun_before = any(word in CLAUSE.determiners or word == "this" for word in behind[-3:-1])
    if subject is not None and not noun_before:
        return ANY
    asks = bool(behind) and behind[0] in CLAUSE.auxiliaries
    return EXTENDABLE if asks else OPEN


def _gap(before: list[str]) -> int | None:
    """The place of what the noun of a preposition is: "where", "what", "the person" I …."""
    for place in range(len(before) - 1, -1, -1):
        word = before[place]
        if word in CLAUSE.question_words or word in CLAUSE.relatives:
            return place
        if (
            word in CLAUSE.subjects | CLAUSE.pronouns
            and place > 1
            and before[place - 2] in CLAUSE.determiners
            and place < len(before) - 1
        ):
            return place - 1  # "the person I spoke to"
    return None
