"""Sentences whose verb stands behind the subject: which words at their end want more.

A preposition or an auxiliary ends a question or a relative clause ("where are you from", "that is
what I am looking for", "yes I do"), and hardly ever another sentence.
"""

from collections.abc import Sequence

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.noun_clauses import (
    begins_clause,
    is_possessive,
    lacks_main_verb,
    wants_predicate,
)
from shared.languages.answers.prepositions import preposition
from shared.languages.answers.relative_clauses import PRONOUNS, VERBS
from shared.languages.answers.short_answers import is_answer
from shared.languages.answers.verbs import asks_who, auxiliary, gives, inversion, without_object
from shared.languages.answers.vocabulary import ANSWER, CLAUSE

_LONG_CLAUSE = 8  # words, which may hold a main clause that wasn't found
_OWN_SUBJECT = 3  # words of a subordinate clause in which its own subject stands
OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY
_BEGIN_CLAUSE = (CLAUSE.conjunctions - CLAUSE.coordinators) | CLAUSE.subordinators
_TELL = VERBS | PRONOUNS | CLAUSE.contractions | CLAUSE.bids | CLAUSE.tellings
_TELL |= CLAUSE.prepositions | CLAUSE.knows | CLAUSE.question_words | CLAUSE.persons
_TIMES = ANSWER.days | ANSWER.weekdays | ANSWER.parts_of_day | CLAUSE.attributes
_NEVER_LAST = (
    CLAUSE.determiners | CLAUSE.conjunctions | CLAUSE.degrees | CLAUSE.contractions | ANSWER.titles
)


def clause(sentence: Sequence[str]) -> Completeness:
    """The completeness of a sentence, which may end in the middle."""
    words, polite, answered = _bare(sentence)
    level = _by_last_word(words, answered=answered)
    if level is OPEN and polite and words[-1] in CLAUSE.persons:
        return EXTENDABLE  # "tell me please"
    if level in (ANY, EXTENDABLE) and _wants_main_clause(words):
        return OPEN
    if level in (ANY, EXTENDABLE) and _is_subordinate(words):
        return OPEN if len(words) <= _LONG_CLAUSE else EXTENDABLE
    return level


def _bare(sentence: Sequence[str]) -> tuple[list[str], bool, bool]:
    """The last of its clauses, whether it ends politely, and whether it begins with yes or no."""
    words = list(sentence)
    while len(words) > 1 and words[-1] in ANSWER.polite and words[-2] not in CLAUSE.determiners:
        words.pop()
    polite = len(words) < len(sentence)
    cuts = [place for place, word in enumerate(words[:-1]) if word in CLAUSE.coordinators]
    words = words[max(cuts, default=-1) + 1 :]
    answered = False
    while len(words) > 1 and (
        words[0] in ANSWER.hesitations or words[0] in ANSWER.polite or is_answer(words[0])
    ):
        answered |= is_answer(words.pop(0))
    return words, polite, answered


def _by_last_word(words: list[str], *, answered: bool) -> Completeness:
    last, before = words[-1], words[:-1]
    if last in _NEVER_LAST:
        noun = before and before[-1] in CLAUSE.determiners and last in CLAUSE.conjunctions
        return ANY if noun else OPEN  # "a while"
    if last in CLAUSE.subjects:
        return asks_who(words)
    if last in CLAUSE.pronouns and before and before[-1] in VERBS:
        return inversion(words)
    if last in CLAUSE.pronouns and before and before[-1] in _BEGIN_CLAUSE:
        return OPEN
    if last in VERBS and not (before and before[-1] in CLAUSE.infinitive):
        return auxiliary(words, answered=answered)
    if last in CLAUSE.prepositions:
        return preposition(words, answered=answered)
    if not before:
        return _single(last)
    if last in CLAUSE.persons and before[-1] in CLAUSE.gives:
        return gives(words)
    if last in CLAUSE.question_words:
        return OPEN if last in CLAUSE.question_determiners else EXTENDABLE
    if last in CLAUSE.complementizers and _tells(before):
        return EXTENDABLE if _negated(before) or before[-1] in CLAUSE.knows else OPEN
    if last in CLAUSE.preverbal and before[-1] in CLAUSE.subjects:
        return OPEN
    if last in CLAUSE.time_subordinators:
        return EXTENDABLE
    if last in CLAUSE.quantifiers:
        return OPEN if before[-1] in VERBS or before[-1] in CLAUSE.pronouns else EXTENDABLE
    if last in CLAUSE.negations and (before[-1] in VERBS or before[-1] in CLAUSE.contractions):
        return EXTENDABLE
    if last in VERBS | CLAUSE.transitives | CLAUSE.wishes | CLAUSE.tellings:
        return without_object(words)
    if last in CLAUSE.attributes and before[-1] in CLAUSE.determiners:
        return OPEN
    return EXTENDABLE if _only_begun(words) or _noun_begun(words) else ANY


def _single(word: str) -> Completeness:
    if word in CLAUSE.attributes or word in CLAUSE.time_subordinators:
        return OPEN
    return EXTENDABLE if word in CLAUSE.question_words else ANY


def _only_begun(words: list[str]) -> bool:
    """Whether it is no more than "I lost", "I'm calling", "what documents", "because nobody"."""
    if words[0] in CLAUSE.question_words:
        return len(words) < _OWN_SUBJECT and not any(word in VERBS for word in words)
    if words[0] in CLAUSE.determiners:
        return len(words) <= _OWN_SUBJECT and not any(word in VERBS for word in words)
    begins = CLAUSE.subjects | CLAUSE.contractions | CLAUSE.negations
    return words[0] in CLAUSE.reasons or (len(words) < _OWN_SUBJECT and words[0] in begins)


def _noun_begun(words: list[str]) -> bool:
    """Whether a clause behind another one is no more than its noun: "because my card"."""
    begins = _BEGIN_CLAUSE | CLAUSE.complementizers
    return len(words) > _OWN_SUBJECT and words[-3] in begins and words[-2] in CLAUSE.determiners


def _wants_main_clause(words: list[str]) -> bool:
    """Whether it is a noun or a time with its clause, or only the beginning of such a clause."""
    if begins_clause(words) or wants_predicate(words) or is_possessive(words):
        return True
    if words[-1] not in CLAUSE.prepositions and lacks_main_verb(words):
        return True
    times = CLAUSE.subordinators & CLAUSE.adverbial_questions
    when = next((at for at, word in enumerate(words) if word in times), 0)
    before = words[:when]
    of_time = any(word in _TIMES for word in before)  # "last week when I"
    alone = when < _OWN_SUBJECT and of_time and not any(word in _TELL for word in before)
    return (
        alone
        and when + 1 < len(words)
        and words[when + 1] in PRONOUNS
        and _is_subordinate(words[when:])
    )


def _negated(words: list[str]) -> bool:
    return any(word in CLAUSE.negations for word in words)


def _tells(before: list[str]) -> bool:
    """Whether it ends as "they told me" or "I think" does."""
    if len(before) > 1 and before[-1] in CLAUSE.persons:
        return before[-2] in CLAUSE.gives
    return before[-1] in CLAUSE.tellings


def _is_subordinate(words: list[str]) -> bool:
    """Whether it is only an "if" or "when", without what then is."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in CLAUSE.time_subordinators:
        begins = second in PRONOUNS
    else:
        begins = first in CLAUSE.subordinators and second not in VERBS
    if not begins or first in CLAUSE.reasons:
        return False
    rest = words[_OWN_SUBJECT:]
    main = CLAUSE.consequents | CLAUSE.subjects | CLAUSE.contractions | CLAUSE.bids
    nouns = CLAUSE.pronouns | CLAUSE.determiners
    asks = any(
        word in VERBS and following in nouns
        for word, following in zip(rest, rest[1:], strict=False)
    )
    return not asks and not any(word in main for word in rest)
