"""Clauses without an object, for it stands before them: "what I need", "all we have"."""

from collections.abc import Sequence

from shared.languages.answers.vocabulary import ANSWER, CLAUSE

PRONOUNS = CLAUSE.subjects | CLAUSE.pronouns
VERBS = CLAUSE.copulas | CLAUSE.auxiliaries
_QUESTIONS = CLAUSE.question_words - CLAUSE.adverbial_questions | CLAUSE.question_contractions
_NOUN = 4  # words that hold a noun and what describes it
_SUBJECTS = CLAUSE.subjects | CLAUSE.addressees
# Before a subject these aren't the noun that its clause belongs to: "tomorrow I want".
_NO_NOUNS = (
    CLAUSE.conjunctions
    | CLAUSE.coordinators
    | CLAUSE.subordinators
    | CLAUSE.time_subordinators
    | CLAUSE.consequents
    | CLAUSE.preverbal
    | CLAUSE.tellings
    | CLAUSE.prepositions
    | CLAUSE.persons
    | VERBS
    | PRONOUNS
    | ANSWER.hesitations
    | ANSWER.polite
    | ANSWER.greetings
    | ANSWER.negatives
    | ANSWER.days
    | ANSWER.weekdays
    | ANSWER.parts_of_day
)


def embeds(words: Sequence[str]) -> bool:
    """Whether such a clause has begun."""
    return any(word in CLAUSE.question_words or word in CLAUSE.relatives for word in words)


def embeds_subject(words: Sequence[str]) -> bool:
    """Whether it has begun, and has a subject: "what I", "as soon as you", "the card I"."""
    begin = next((place for place, word in enumerate(words) if _begins(word)), None)
    if begin is not None and any(word in PRONOUNS for word in words[begin + 1 :]):
        return True
    return contact(words) is not None


def relates(words: Sequence[str]) -> bool:
    """Whether it is a noun with its clause and nothing more: "the phone that I bought"."""
    relative = next((at for at, word in enumerate(words) if word in CLAUSE.relatives), 0)
    behind = words[relative + 1 :]
    if not 0 < relative <= _NOUN or not behind or behind[0] not in CLAUSE.subjects:
        return False
    of_noun = words[0] in CLAUSE.determiners or words[0] in CLAUSE.possessives
    return of_noun and not any(word in VERBS for word in behind[1:])


def _begins(word: str) -> bool:
    begins = CLAUSE.question_words | CLAUSE.relatives | CLAUSE.subordinators | CLAUSE.conjunctions
    return word in begins - CLAUSE.coordinators


def contact(words: Sequence[str]) -> int | None:
    """The place of a noun that a clause without any word between belongs to: "the person I …"."""
    for place in range(len(words) - 1, 0, -1):
        if words[place] in _SUBJECTS:
            return place - 1 if words[place - 1] not in _NO_NOUNS else None
    return None


def gap(words: Sequence[str]) -> int | None:
    """The place of what a preposition at the end belongs to: "where", "what", "the person" I …."""
    for known in (_QUESTIONS, CLAUSE.relatives):
        for place in range(len(words) - 2, -1, -1):
            if words[place] in known:
                return place
    noun = contact(words)
    return noun if noun is not None and noun + 2 < len(words) else None


def asks(words: Sequence[str], place: int) -> bool:
    """Whether a question word stands there."""
    return words[place] in _QUESTIONS
