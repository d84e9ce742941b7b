"""Completeness: whether the caller's words so far are whole, as an answer of the asked kind."""

from collections.abc import Sequence
from functools import lru_cache

from shared.languages.answers.addresses import address, name
from shared.languages.answers.amounts import amount
from shared.languages.answers.characters import AMBIGUOUS, Run, is_letter, last_run
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
from shared.languages.answers.verb_final import is_verb, verb_final
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.answers.words_said import WordsSaid, read
from shared.languages.catalogue import WORDS

__all__ = ["Completeness", "completeness"]

_FILLERS = WORDS.spoken_digits.fillers
_COUNTED = FIXED | {AnswerKind.QUANTITY}
_NAMEABLE = FIXED | CODES | {AnswerKind.DATE, AnswerKind.EMAIL, AnswerKind.ADDRESS}
_NAMEABLE |= {AnswerKind.AMOUNT, AnswerKind.NAME}
_UNSURE = (AnswerKind.OPEN, AnswerKind.YES_NO, AnswerKind.SPELLING)
_ONLY_UNASKED = (AnswerKind.NAME, AnswerKind.ADDRESS, AnswerKind.AMOUNT, AnswerKind.DATE)
_WITH_YEAR = frozenset({8})
_LONG = 3  # digits that are a number in any sentence
_NEVER_LAST = CLAUSE.determiners | CLAUSE.degrees | CLAUSE.possessives | CLAUSE.agents
_NEVER_LAST |= CLAUSE.conjunctions - CLAUSE.genitives
_SUBJECTS = CLAUSE.topics | CLAUSE.subject_possessives
_OF_SENTENCES = CLAUSE.auxiliaries | CLAUSE.tellings | CLAUSE.question_words | CLAUSE.negations
_OF_SENTENCES |= (CLAUSE.final_verbs - ANSWER.after) | CLAUSE.polar
_NAMES_TOO = ANSWER.numbered | AMBIGUOUS.keys()
_INTRODUCES = (_FILLERS, ANSWER.hesitations, ANSWER.polite, ANSWER.named, CLAUSE.possessives)


@lru_cache(maxsize=1024)
def completeness(text: str, expected: ExpectedAnswer | None = None) -> Completeness:
    """The completeness of what has been said so far in a turn.

    Args:
        text: All of it.
        expected: What the bot has asked for.
    """
    said = read(text)
    words = said.words
    if not words:
        return Completeness.ANY
    sentence = _last_sentence(said)
    if is_thinking(sentence):
        return Completeness.OPEN
    level = yes_or_no(words, expected) or _of_answer(words, sentence, expected)
    if level:
        return level
    level = _of_sentence(sentence)
    if said.asks:
        return Completeness.EXTENDABLE if level is Completeness.OPEN else Completeness.WHOLE
    return level


def _of_answer(
    words: tuple[str, ...], sentence: Sequence[str], expected: ExpectedAnswer | None
) -> Completeness | None:
    """The completeness as an answer of the asked kind, or of that which it looks like."""
    if words[-1] in _NEVER_LAST and not is_letter(words[-1]):
        return None
    kind, lengths = _kind(words, expected)
    run = last_run(words)
    dangling = any(word in _SUBJECTS for word in sentence) and not any(map(is_verb, sentence))
    level = _of_number(words, run, kind, lengths)
    if level is None and not dangling:
        level = _of_time(words, kind, lengths)
    if level is None:
        level = _of_name(words, sentence, run, kind)
    return _of_form(words, sentence, run, dangling=dangling) if level is None else level


def _kind(
    words: Sequence[str], expected: ExpectedAnswer | None
) -> tuple[AnswerKind, frozenset[int]]:
    """The kind of answer: what the caller calls it, or else what was asked."""
    asked = expected.kind if expected else AnswerKind.OPEN
    lengths = expected.lengths if expected else frozenset[int]()
    text = " ".join(words)
    if asked is AnswerKind.DATE and BIRTH.search(text):
        return asked, _WITH_YEAR
    named = named_kinds(text, _NAMEABLE)
    if not named:
        return asked, lengths
    begin, kind = named[-1]
    if kind not in FIXED and not _introduces(text[:begin].split()):
        return asked, lengths
    if kind in _ONLY_UNASKED and asked not in _UNSURE:
        return asked, lengths
    if kind is asked or (kind is AnswerKind.NUMBER and asked in FIXED):
        return asked, lengths
    birth = kind is AnswerKind.DATE and BIRTH.search(text)
    return kind, _WITH_YEAR if birth else frozenset()


def _of_number(
    words: Sequence[str], run: Run | None, kind: AnswerKind, lengths: frozenset[int]
) -> Completeness | None:
    """The completeness of a number or a code that was asked for, or is named."""
    if kind in CODES and (level := code(words, kind, lengths)):
        return level
    if kind in CODES and not run and len(words) < _LONG and _is_noun(words):
        return Completeness.OPEN  # "SBIN", without a letter that is said alone
    if kind not in _COUNTED and kind not in CODES:
        return None
    if not run:
        others = [word for word in words if word not in AMBIGUOUS]  # "to", "do" and such may be 2
        introduced = len(words) > 1 and _introduces(others) and words[-1] not in ANSWER.polite
        introduced &= kind is not AnswerKind.QUANTITY
        return Completeness.OPEN if introduced else None
    if kind in _COUNTED and run.digits and (_is_number(run) or _introduces(words[: run.begin])):
        return number(words, run, kind, lengths)
    return None


def _is_number(run: Run) -> bool:
    """Whether it is a number in any company."""
    return len(run.text) >= _LONG or is_mobile(run.text)


def _introduces(words: Sequence[str]) -> bool:
    """Whether the words say nothing but that a number comes."""
    return all(any(word in known for known in _INTRODUCES) for word in words)


def _of_time(
    words: Sequence[str], kind: AnswerKind, lengths: frozenset[int]
) -> Completeness | None:
    """The completeness of an amount, a date or a time that was asked for."""
    match kind:
        case AnswerKind.AMOUNT:
            return amount(words, asked=True)
        case AnswerKind.DATE:
            with_year = bool(lengths) and 4 not in lengths
            return date(words, asked=True, with_year=with_year)
        case AnswerKind.TIME:
            return time(words, asked=True)
    return None


def _of_name(
    words: Sequence[str], sentence: Sequence[str], run: Run | None, kind: AnswerKind
) -> Completeness | None:
    """The completeness of an address, a name or its spelling that was asked for, or is named."""
    if kind is AnswerKind.EMAIL and (level := email(words, asked=_is_noun(words))):
        return level
    if kind in (AnswerKind.NAME, AnswerKind.SPELLING) and run and not run.digits:
        return spelling(words, run)
    if kind is AnswerKind.SPELLING and not run and _is_noun(words):
        return Completeness.OPEN  # the name, and its letters are to come
    if kind not in (AnswerKind.NAME, AnswerKind.ADDRESS) or not _is_noun(words):
        return None
    if kind is AnswerKind.ADDRESS:
        return address(words, run)
    return Completeness.OPEN if _of_sentence(sentence) is Completeness.OPEN else name(words)


def _of_form(
    words: Sequence[str], sentence: Sequence[str], run: Run | None, *, dangling: bool
) -> Completeness | None:
    """The completeness by what the words look like, whatever was asked."""
    level = email(words, asked=False)
    if level:
        return level
    if run and not run.digits and len(run.text) > 1:
        return spelling(words, run)
    if not dangling:
        level = (
            amount(words, asked=False)
            or time(words, asked=False)
            or date(words, asked=False, with_year=False)
        )
    if level or not (run and run.digits):
        return level
    if len(run.text) >= _LONG or _introduces(words[: run.begin]):
        return unasked(run)
    level = _of_sentence(sentence)
    return Completeness.EXTENDABLE if level is Completeness.ANY else level


def _is_noun(words: Sequence[str]) -> bool:
    """Whether the words aren't a sentence about something else."""
    return not any(word in _OF_SENTENCES and word not in _NAMES_TOO for word in words)


def _last_sentence(said: WordsSaid) -> list[str]:
    """The last sentence, with those before it that it goes on."""
    words: list[str] = []
    for begin, end in zip((0, *said.stops), (*said.stops, len(said.words)), strict=True):
        if begin == end:
            continue
        if words and _of_sentence(words) is not Completeness.OPEN:
            words = []
        words += said.words[begin:end]
    return words


def _of_sentence(words: Sequence[str]) -> Completeness:
    if closes(words):
        return Completeness.WHOLE
    return verb_final(words) or clause(words)
