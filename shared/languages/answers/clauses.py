"""Sentences whose verb stands behind the subject: which words at their end want more.

A preposition or an auxiliary ends a question or a relative clause ("where are you from", "that is
what I am looking for", "yes I do"), and hardly ever another sentence.
"""

from collections.abc import Sequence

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.prepositions import preposition
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.backchannels import assents

_LONG_CLAUSE = 8  # words, which may hold a main clause that wasn't found
OPEN, EXTENDABLE, ANY = Completeness.OPEN, Completeness.EXTENDABLE, Completeness.ANY


def clause(sentence: Sequence[str]) -> Completeness:
    """The completeness of a sentence, which may end in the middle."""
    words, polite, answered = _bare(sentence)
    if not words:
        return EXTENDABLE
    level = _by_last_word(words, answered=answered)
    if level is OPEN and polite and words[-1] in CLAUSE.persons:
        return EXTENDABLE  # "tell me please"
    if level in (ANY, EXTENDABLE) and _is_subordinate(words):
        return OPEN if len(words) <= _LONG_CLAUSE else EXTENDABLE
    return level


def _bare(sentence: Sequence[str]) -> tuple[list[str], bool, bool]:
    """The last of its clauses, whether it ends politely, and whether it begins with yes or no."""
    words = list(sentence)
    polite = False
    while len(words) > 1 and words[-1] in ANSWER.polite:
        words.pop()
        polite = True
    cut = max((place for place, word in enumerate(words[:-1]) if word in _COORDINATORS), default=-1)
    words = words[cut + 1 :]
    answered = False
    while len(words) > 1 and (
        words[0] in ANSWER.hesitations or words[0] in ANSWER.polite or _answers(words[0])
    ):
        answered |= _answers(words.pop(0))
    return words, polite, answered


_COORDINATORS = frozenset({"and", "but", "so", "because"})


def _answers(word: str) -> bool:
    return word in ANSWER.negatives or assents(word)


def _by_last_word(words: list[str], *, answered: bool) -> Completeness:
    last = words[-1]
    if last in CLAUSE.determiners or last in CLAUSE.conjunctions or last in CLAUSE.degrees:
        return OPEN
    if last in CLAUSE.contractions or last in ANSWER.titles:
        return OPEN
    if last in CLAUSE.subjects:
        return ANY if _inverted_copula(words) or words[:1] == ["so"] else OPEN
    if last in CLAUSE.pronouns and len(words) > 1 and _is_auxiliary(words[-2]):
        return _inversion(words)
    if _is_auxiliary(last):
        return _auxiliary(words, answered=answered)
    if last in CLAUSE.infinitive or last in CLAUSE.prepositions:
        return preposition(words, answered=answered)
    if last in CLAUSE.persons and len(words) > 1 and words[-2] in CLAUSE.gives:
        return _gives(words)
    if last in CLAUSE.transitives or last in CLAUSE.tellings:
        return _without_object(words)
    if last in CLAUSE.attributes and len(words) > 1 and words[-2] in CLAUSE.determiners:
        return OPEN
    if last in CLAUSE.question_words and len(words) > 1:
        return OPEN if last in ("which", "whose") else EXTENDABLE
    if last in ("that", "not") and len(words) > 1:
        said = words[-2] in CLAUSE.tellings or _is_auxiliary(words[-2])
        return (OPEN if last == "that" else EXTENDABLE) if said else ANY
    return ANY


def _is_auxiliary(word: str) -> bool:
    return word in CLAUSE.copulas or word in CLAUSE.auxiliaries


def _inverted_copula(words: list[str]) -> bool:
    """Whether it ends as "how are you" does."""
    return len(words) > 2 and words[-2] in CLAUSE.copulas and words[-3] in CLAUSE.question_words


def _inversion(words: list[str]) -> Completeness:
    """Of "can you", "what do you", "how are you", "is it"."""
    if _inverted_copula(words):
        return ANY
    begins = len(words) == 2 or words[-3] in CLAUSE.question_words
    return OPEN if begins or words[0] in CLAUSE.question_words else EXTENDABLE


def _auxiliary(words: list[str], *, answered: bool) -> Completeness:
    if len(words) > 1 and (words[-2] in CLAUSE.subjects or words[-2] in CLAUSE.pronouns):
        if answered or _embeds(words[:-2]):
            return ANY
        negated = words[-1] in CLAUSE.negations
        if negated or (len(words) == 2 and words[-1] in CLAUSE.auxiliaries):
            return EXTENDABLE
    return OPEN


def _embeds(words: list[str]) -> bool:
    """Whether a clause has begun that may end without its object: "what I …", "all we …"."""
    return any(word in CLAUSE.question_words or word in CLAUSE.relatives for word in words)


def _gives(words: list[str]) -> Completeness:
    """Of "tell me", "can you give me", "what did they tell me"."""
    if _embeds(words[:-2]) or (words[0] == "as" and len(words) > 3):
        return ANY
    if words[-2] in CLAUSE.tellings or words[-2] in ("tell", "show"):
        asked = any(_is_auxiliary(word) or word in CLAUSE.infinitive for word in words[:-2])
        return OPEN if asked else EXTENDABLE
    return OPEN


def _without_object(words: list[str]) -> Completeness:
    """Of "I want", "that is all I need", "I would like to know", "I don't know"."""
    last, before = words[-1], words[:-1]
    if _embeds(before):
        return ANY
    if any(word in CLAUSE.negations for word in before):
        return EXTENDABLE if last in CLAUSE.transitives else ANY
    if last == "like":
        wishes = before and before[-1] in ("would", "i'd", "we'd", "also")
        return OPEN if wishes or not before else ANY
    if last in CLAUSE.tellings:
        wishes = len(before) > 1 and before[-1] in CLAUSE.infinitive
        begins = before and (before[-1] in CLAUSE.subjects or _is_auxiliary(before[-1]))
        known = last == "know" and not wishes
        return OPEN if (wishes or begins) and not known else EXTENDABLE if known else ANY
    return OPEN


def _is_subordinate(words: list[str]) -> bool:
    """Whether it is only an "if" or "when", without what then is."""
    first = words[0]
    if first in CLAUSE.time_subordinators:
        subject = words[1:2] and (words[1] in CLAUSE.subjects or words[1] in CLAUSE.pronouns)
        if not subject:
            return False
    elif first not in CLAUSE.subordinators or words[1:2] and _is_auxiliary(words[1]):
        return False
    rest = words[3:]
    main = any(
        word in CLAUSE.consequents or word in CLAUSE.subjects or word in CLAUSE.contractions
        for word in rest
    )
    asks = any(
        _is_auxiliary(word) and (following in CLAUSE.pronouns or following in CLAUSE.determiners)
        for word, following in zip(rest, rest[1:], strict=False)
    )
    return not (main or asks or any(word in CLAUSE.bids for word in rest) or first == "because")
