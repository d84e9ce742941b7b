"""The completeness of words as an answer of one kind, which was asked for or is named."""

from collections.abc import Sequence

from shared.languages.answers.addresses import address, name
from shared.languages.answers.amounts import amount
from shared.languages.answers.characters import AMBIGUOUS, Run
from shared.languages.answers.codes import KINDS as CODES
from shared.languages.answers.codes import code
from shared.languages.answers.dates import date
from shared.languages.answers.emails import email
from shared.languages.answers.introductions import introduces, is_noun
from shared.languages.answers.kinds import AnswerKind, Completeness, ExpectedAnswer
from shared.languages.answers.numbers import FIXED, is_number, number
from shared.languages.answers.sentences import lacks_verb, sentence
from shared.languages.answers.short_answers import closes
from shared.languages.answers.spelling import spelling
from shared.languages.answers.times import time
from shared.languages.answers.vocabulary import ANSWER

_COUNTED = FIXED | {AnswerKind.QUANTITY}
_NO_YEAR = 4  # digits of a date
_MOST_INTRODUCING = 4  # words before a number that was asked for
_FEW = 3  # words that may be a code without a letter that is said alone, such as "SBIN"


def of_kind(
    words: tuple[str, ...], last: list[str], run: Run | None, answer: ExpectedAnswer
) -> Completeness | None:
    """The completeness as such an answer; None if the words are none.

    Args:
        words: All that has been said.
        last: The last sentence of it.
        run: The digits and letters that it ends with.
        answer: Of the kind.
    """
    if answer.kind in CODES and (level := _code(words, run, answer)):
        return level
    if answer.kind in _COUNTED or answer.kind in CODES:
        return _number(words, run, answer)
    if answer.kind in (AnswerKind.AMOUNT, AnswerKind.DATE, AnswerKind.TIME):
        return None if lacks_verb(last) else _time(words, answer)
    return _name(words, last, run, answer.kind)


def _code(words: Sequence[str], run: Run | None, answer: ExpectedAnswer) -> Completeness | None:
    level = code(words, answer.kind, answer.lengths)
    if level is None and not run and len(words) < _FEW and is_noun(words):
        return Completeness.OPEN
    return level


def _number(words: Sequence[str], run: Run | None, answer: ExpectedAnswer) -> Completeness | None:
    kind = answer.kind
    if not run:
        others = [word for word in words if word not in AMBIGUOUS]  # "to", "do" and such may be 2
        named = len(words) > 1 or words[0] in ANSWER.named
        introduced = named and introduces(others)
        # "Yeah it goes", "what I have is": few words that are neither a question nor a no.
        begun = len(words) <= _MOST_INTRODUCING and is_noun(words) and not closes(words)
        goes_on = introduced and kind is not AnswerKind.QUANTITY or begun and kind in FIXED
        return Completeness.OPEN if goes_on and words[-1] not in ANSWER.polite else None
    fits = run.digits and (is_number(run) or introduces(words[: run.begin]))
    return number(words, run, kind, answer.lengths) if fits and kind in _COUNTED else None


def _time(words: Sequence[str], answer: ExpectedAnswer) -> Completeness | None:
    match answer.kind:
        case AnswerKind.AMOUNT:
            return amount(words, asked=True)
        case AnswerKind.DATE:
            with_year = bool(answer.lengths) and _NO_YEAR not in answer.lengths
            return date(words, asked=True, with_year=with_year)
    return time(words, asked=True)


def _name(
    words: Sequence[str], last: Sequence[str], run: Run | None, kind: AnswerKind
) -> Completeness | None:
    noun = is_noun(words)
    match kind:
        case AnswerKind.EMAIL:
            return email(words, asked=noun)
        case AnswerKind.NAME | AnswerKind.SPELLING if run and not run.digits:
            return spelling(words, run)
        case AnswerKind.SPELLING if noun and not run:
            return Completeness.OPEN  # the name, and its letters are to come
        case AnswerKind.ADDRESS if noun:
            return address(words, run)
        case AnswerKind.NAME if noun:
            whole = sentence(last) is not Completeness.OPEN
            return name(words) if whole else Completeness.OPEN
    return None
