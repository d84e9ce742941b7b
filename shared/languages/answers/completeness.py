"""Completeness: whether the caller's words so far are whole, as an answer of the asked kind."""

from functools import lru_cache

from shared.languages.answers.by_form import of_form
from shared.languages.answers.by_kind import of_kind
from shared.languages.answers.characters import is_letter, last_run
from shared.languages.answers.codes import KINDS as CODES
from shared.languages.answers.introductions import announces, is_noun, kind_told
from shared.languages.answers.kinds import AnswerKind, Completeness, ExpectedAnswer
from shared.languages.answers.numbers import FIXED
from shared.languages.answers.relative_clauses import relates
from shared.languages.answers.sentences import asks, last_sentence, never_ends, sentence
from shared.languages.answers.short_answers import is_thinking, without_hold, yes_or_no
from shared.languages.answers.words_said import WordsSaid, read

__all__ = ["Completeness", "completeness"]

_INTRODUCED = FIXED | CODES | {AnswerKind.OPEN, AnswerKind.EMAIL, AnswerKind.SPELLING}


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
    words = last_sentence(said)
    if is_thinking(words):
        return Completeness.OPEN
    words = [*without_hold(words)]
    level = yes_or_no(said.words, expected) or _of_answer(said, words, expected)
    if level:
        return level
    level = _of_sentence(words)
    if said.asks:
        return Completeness.EXTENDABLE if level is Completeness.OPEN else Completeness.WHOLE
    # To "how can I help you" people say more than a sentence, and a sentence before a number.
    goes_on = expected and expected.kind in _INTRODUCED and level is Completeness.ANY
    return Completeness.EXTENDABLE if goes_on else level


def _of_sentence(words: list[str]) -> Completeness:
    """The completeness of a sentence that is no answer of a known kind."""
    level = sentence(words)
    if level is Completeness.ANY and asks(words):
        return Completeness.WHOLE
    begun = relates(words) or (len(words) == 1 and is_noun(words))
    return Completeness.EXTENDABLE if level is Completeness.ANY and begun else level


def _of_answer(
    said: WordsSaid, last: list[str], expected: ExpectedAnswer | None
) -> Completeness | None:
    """The completeness as an answer of the asked kind, or of that which it looks like."""
    words = said.words
    if never_ends(words[-1]) and not is_letter(words[-1]):
        return None
    run = last_run(words)
    answer = kind_told(words, expected)
    if answer.kind is not AnswerKind.YES_NO and announces(words):
        return Completeness.OPEN
    level = of_kind(words, last, run, answer)
    return of_form(words, last, run) if level is None else level
