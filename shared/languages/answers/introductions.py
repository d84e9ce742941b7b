"""The words around an answer: what the caller calls it, and whether they say something else."""

from collections.abc import Sequence

from shared.languages.answers.characters import AMBIGUOUS
from shared.languages.answers.codes import KINDS as CODES
from shared.languages.answers.kinds import WITH_YEAR, AnswerKind, ExpectedAnswer
from shared.languages.answers.naming import BIRTH, named_kinds, without_kinds
from shared.languages.answers.numbers import FIXED
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.catalogue import WORDS

# Named in passing, these change nothing of what was asked.
_ONLY_UNASKED = (AnswerKind.NAME, AnswerKind.ADDRESS, AnswerKind.AMOUNT, AnswerKind.DATE)
_UNSURE = (AnswerKind.OPEN, AnswerKind.YES_NO, AnswerKind.SPELLING)
_NAMEABLE = FIXED | CODES | {AnswerKind.EMAIL, *_ONLY_UNASKED}
_FILLERS = WORDS.spoken_digits.fillers
_INTRODUCES = (_FILLERS, ANSWER.hesitations, ANSWER.polite, ANSWER.named, CLAUSE.possessives)
_OF_SENTENCES = CLAUSE.auxiliaries | CLAUSE.tellings | CLAUSE.question_words | CLAUSE.negations
_OF_SENTENCES |= (CLAUSE.final_verbs - ANSWER.after) | CLAUSE.polar
_NAMES_TOO = ANSWER.numbered | AMBIGUOUS.keys()


def kind_told(words: Sequence[str], expected: ExpectedAnswer | None) -> ExpectedAnswer:
    """The kind of answer that the caller gives: what they call it, or else what was asked."""
    asked = expected or ExpectedAnswer(AnswerKind.OPEN)
    text = " ".join(words)
    if asked.kind is AnswerKind.DATE and BIRTH.search(text):
        return ExpectedAnswer(asked.kind, WITH_YEAR)
    named = named_kinds(text, _NAMEABLE)
    if not named:
        return asked
    begin, kind = named[-1]
    in_passing = kind not in FIXED and not introduces(text[:begin].split())
    known = kind is AnswerKind.NUMBER and asked.kind in FIXED
    known |= kind in _ONLY_UNASKED and asked.kind not in _UNSURE
    if in_passing or known or kind is asked.kind:
        return asked
    birth = kind is AnswerKind.DATE and BIRTH.search(text)
    return ExpectedAnswer(kind, WITH_YEAR if birth else frozenset())


def introduces(words: Sequence[str]) -> bool:
    """Whether the words say nothing but that a number comes."""
    others = without_kinds(" ".join(words)).split()
    return all(any(word in known for known in _INTRODUCES) for word in others)


def announces(words: Sequence[str]) -> bool:
    """Whether they end in the verb that a number follows: "yes it is"."""
    return words[-1] in CLAUSE.copulas and all(word in _FILLERS for word in words)


def is_noun(words: Sequence[str]) -> bool:
    """Whether the words aren't a sentence about something else."""
    return not any(word in _OF_SENTENCES and word not in _NAMES_TOO for word in words)
