"""Sentences of any language: which is the last, and how complete it is."""

from collections.abc import Sequence

from shared.languages.answers.clauses import clause
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.short_answers import closes, is_answer
from shared.languages.answers.verb_final import is_verb, verb_final
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.answers.words_said import WordsSaid

_NEVER_LAST = CLAUSE.determiners | CLAUSE.degrees | CLAUSE.possessives | CLAUSE.agents
_NEVER_LAST |= CLAUSE.conjunctions - CLAUSE.genitives
_LEADS = ANSWER.hesitations | ANSWER.polite
_LEAST_QUESTION = 3  # words
_QUESTION_WORDS = CLAUSE.question_words | CLAUSE.question_contractions
_AUXILIARIES = CLAUSE.auxiliaries | CLAUSE.copulas
_NOUNS = CLAUSE.subjects | CLAUSE.pronouns | CLAUSE.determiners | CLAUSE.possessives
_SUBJECTS = CLAUSE.topics | CLAUSE.subject_possessives


def last_sentence(said: WordsSaid) -> list[str]:
    """The last sentence, with those before it that it goes on."""
    words: list[str] = []
    for begin, end in zip((0, *said.stops), (*said.stops, len(said.words)), strict=True):
        if begin == end:
            continue
        if words and sentence(words) is not Completeness.OPEN:
            words = []
        words += said.words[begin:end]
    return words


def sentence(words: Sequence[str]) -> Completeness:
    """The completeness of a sentence, which may end in the middle."""
    if closes(words):
        return Completeness.WHOLE
    return verb_final(words) or clause(words)


def asks(words: Sequence[str]) -> bool:
    """Whether it has the form of a question, whose end is heard more often than a statement's."""
    bare = list(words)
    while bare and (bare[0] in _LEADS or is_answer(bare[0])):
        bare.pop(0)
    if len(bare) < _LEAST_QUESTION:
        return False
    inverted = bare[0] in _AUXILIARIES and bare[1] in _NOUNS
    return inverted or any(word in _QUESTION_WORDS for word in bare)


def never_ends(word: str) -> bool:
    """Whether no sentence ends with it."""
    return word in _NEVER_LAST


def lacks_verb(words: Sequence[str]) -> bool:
    """Whether a sentence whose verb comes last has a subject, and not yet its verb."""
    return any(word in _SUBJECTS for word in words) and not any(map(is_verb, words))
