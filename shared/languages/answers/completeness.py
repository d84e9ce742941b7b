"""Completeness: whether the caller's words so far are whole, as an answer of the asked kind."""

from collections.abc import Sequence
from functools import lru_cache

from shared.languages.answers.addresses import address, name
from shared.languages.answers.amounts import amount
from shared.languages.answers.characters import Run, last_run
from shared.languages.answers.clauses import clause
from shared.languages.answers.codes import KINDS as CODES
from shared.languages.answers.codes import code
from shared.languages.answers.dates import date
from shared.languages.answers.emails import email
from shared.languages.answers.kinds import AnswerKind, Completeness, ExpectedAnswer
from shared.languages.answers.naming import BIRTH, named_kinds
from shared.languages.answers.numbers import FIXED, is_mobile, number, unasked
from shared.languages.answers.short_answers import closes, is_thinking, yes_or_no
from shared.languages.answers.spelling import spelling
from shared.languages.answers.times import time
from shared.languages.answers.verb_final import verb_final
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.answers.words_said import WordsSaid, read
from shared.languages.catalogue import WORDS

__all__ = ["Completeness", "completeness"]

_FILLERS = WORDS.spoken_digits.fillers
_NUMBERS = FIXED | {AnswerKind.QUANTITY}
_NAMEABLE = (FIXED | CODES | {AnswerKind.DATE, AnswerKind.EMAIL, AnswerKind.ADDRESS}) | {
    AnswerKind.AMOUNT,
    AnswerKind.NAME,
}
_LONG = 3  # digits that are a number in any sentence


@lru_cache(maxsize=1024)
def completeness(text: str, expected: ExpectedAnswer | None = None) -> Completeness:
    """The completeness of what has been said so far in a turn.

    Args:
        text: All of it.
        expected: What the bot has asked for.
    """
    said = read(text)
    if not said.words:
        return Completeness.ANY
    sentence = _last_sentence(said)
    if is_thinking(sentence):
        return Completeness.OPEN
    answer = yes_or_no(said.words, expected)
    if answer:
        return answer
    kind, lengths = _kind(said, expected)
    level = _of_kind(said, kind, lengths)
    if level is None:
        level = _of_form(said, kind)
    if level is None:
        level = _of_sentence(sentence)
    if said.asks and level is not Completeness.OPEN:
        return Completeness.WHOLE
    return level


def _kind(said: WordsSaid, expected: ExpectedAnswer | None) -> tuple[AnswerKind, frozenset[int]]:
    """The kind of answer: what the caller calls it, or else what was asked."""
    asked = expected.kind if expected else AnswerKind.OPEN
    lengths = expected.lengths if expected else frozenset[int]()
    named = named_kinds(" ".join(said.words), _NAMEABLE)
    if named:
        kind = named[-1][1]
        if kind is not asked and not (kind is AnswerKind.NUMBER and asked in FIXED):
            birth = kind is AnswerKind.DATE and BIRTH.search(" ".join(said.words))
            return kind, frozenset({8}) if birth else frozenset()
    return asked, lengths


def _of_kind(said: WordsSaid, kind: AnswerKind, lengths: frozenset[int]) -> Completeness | None:
    """The completeness as an answer of this kind; None if the words are none."""
    words = said.words
    if kind in CODES:
        level = code(words, kind, lengths)
        if level:
            return level
    run = last_run(words)
    if kind in _NUMBERS and run and run.digits and _fits(words, run):
        return number(words, run, kind, lengths)
    match kind:
        case AnswerKind.EMAIL:
            return email(words, asked=True)
        case AnswerKind.AMOUNT:
            return amount(words, asked=True)
        case AnswerKind.DATE:
            with_year = bool(lengths) and 4 not in lengths
            return date(words, asked=True, with_year=with_year)
        case AnswerKind.TIME:
            return time(words, asked=True)
        case AnswerKind.ADDRESS:
            return address(words, run)
        case AnswerKind.NAME | AnswerKind.SPELLING if run and not run.digits:
            return spelling(words, run)
        case AnswerKind.NAME:
            return name(words) if _is_noun(words) else None
    return None


def _of_form(said: WordsSaid, kind: AnswerKind) -> Completeness | None:
    """The completeness by what the words look like, whatever was asked."""
    words = said.words
    level = email(words, asked=False)
    if level:
        return level
    run = last_run(words)
    if run and not run.digits and len(run.text) > 1:
        return spelling(words, run)
    for judge in (amount, time):
        level = judge(words, asked=False)
        if level:
            return level
    level = date(words, asked=False, with_year=False)
    if level:
        return level
    if run and run.digits and run.text:
        if len(run.text) >= _LONG or _leads_in(words[: run.begin]):
            return unasked(run)
        return Completeness.EXTENDABLE
    return None


def _fits(words: Sequence[str], run: Run) -> bool:
    return len(run.text) >= _LONG or is_mobile(run.text) or _leads_in(words[: run.begin])


def _leads_in(words: Sequence[str]) -> bool:
    """Whether the words before a number say nothing but that it comes."""
    lists = (_FILLERS, ANSWER.hesitations, ANSWER.polite, ANSWER.named, CLAUSE.possessives)
    return all(any(word in known for known in lists) for word in words)


def _is_noun(words: Sequence[str]) -> bool:
    """Whether the words aren't a sentence of another kind."""
    verbs = CLAUSE.auxiliaries | CLAUSE.tellings | CLAUSE.question_words | CLAUSE.negations
    return not any(word in verbs for word in words)


def _last_sentence(said: WordsSaid) -> list[str]:
    """The last sentence, with those before it that it goes on."""
    words: list[str] = []
    for begin, end in zip((0, *said.stops), (*said.stops, len(said.words)), strict=True):
        if words and _of_sentence(words) is not Completeness.OPEN:
            words = []
        words += said.words[begin:end]
    return words


def _of_sentence(words: Sequence[str]) -> Completeness:
    if closes(words):
        return Completeness.WHOLE
    return verb_final(words) or clause(words)
