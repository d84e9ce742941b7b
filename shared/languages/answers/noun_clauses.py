"""Nouns with a clause, whose own verb is still to come: "the person who came yesterday"."""

from collections.abc import Sequence

from shared.languages.answers.relative_clauses import PRONOUNS, VERBS, contact
from shared.languages.answers.vocabulary import CLAUSE

_NOUN = 4  # words that hold a noun and what describes it
_MOST = 7  # words, behind which its own verb may have come without being known
_RELATIVES = CLAUSE.relative_pronouns | CLAUSE.complementizers
_VERBS = VERBS | CLAUSE.tellings | CLAUSE.contractions
_NO_NOUNS = _VERBS | PRONOUNS | CLAUSE.persons | CLAUSE.prepositions | CLAUSE.bids


def lacks_main_verb(words: Sequence[str]) -> bool:
    """Whether it is such a noun, and its clause has no second verb behind it."""
    if words[0] not in CLAUSE.determiners - CLAUSE.indefinites or len(words) > _MOST:
        return False  # "a withdrawal that I didn't make" is an answer
    begin = next((at for at, word in enumerate(words) if word in _RELATIVES), 0)
    if not begin:
        alone = sum(word in PRONOUNS for word in words) == 1  # "the day I came you were closed"
        noun = contact(words) if alone else None
        begin = noun + 1 if noun is not None else 0
        behind = words[begin + 1 :]
    else:
        behind = words[begin + 1 :]
        behind = behind[1:] if behind and behind[0] in PRONOUNS else behind
    if not 1 < begin <= _NOUN or not behind or words[begin - 1] in CLAUSE.relatives:
        return False
    return not any(word in VERBS for word in (*words[:begin], *_without_first_verbs(behind)))


def _without_first_verbs(words: Sequence[str]) -> Sequence[str]:
    """The words behind the auxiliaries that they begin with: "was supposed to come"."""
    begin = 0
    while begin < len(words) and words[begin] in VERBS:
        if begin and words[begin] in CLAUSE.copulas:
            break  # "that we have is"
        begin += 1
    return words[begin:]


def begins_clause(words: Sequence[str]) -> bool:
    """Whether it ends where the clause of a noun begins: "the person who", "the thing is that"."""
    last, before = words[-1], words[:-1]
    if len(before) < 2 or before[0] in CLAUSE.question_words:
        return False
    if last in CLAUSE.complementizers and before[-1] in CLAUSE.copulas:
        return before[0] in CLAUSE.determiners
    of_person = last in CLAUSE.relative_pronouns
    return of_person and before[-1] not in _NO_NOUNS and before[-2] not in CLAUSE.negations


def wants_predicate(words: Sequence[str]) -> bool:
    """Whether it ends in the verb of "what I want to know is" or "the reason I am calling is"."""
    if len(words) < _NOUN or words[-1] not in CLAUSE.copulas or words[-2] in PRONOUNS:
        return False
    begins = words[0] in CLAUSE.question_words or words[0] in CLAUSE.relatives
    of_noun = words[0] in CLAUSE.determiners and contact(words) is not None
    return of_noun or (begins and words[1] in CLAUSE.subjects)


def is_possessive(words: Sequence[str]) -> bool:
    """Whether it ends with whose something is: "my daughter's"."""
    whose = words[-1].endswith("'s") and words[-1] not in CLAUSE.contractions
    known = len(words) > 1 and words[-2] in CLAUSE.determiners
    return whose and known and not any(word in _VERBS for word in words)
