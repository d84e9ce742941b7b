"""The completeness of words by what they look like, whatever was asked."""

from collections.abc import Sequence

from shared.languages.answers.addresses import address, is_address
from shared.languages.answers.amounts import amount
from shared.languages.answers.characters import Run, is_letter_alone
from shared.languages.answers.dates import date
from shared.languages.answers.emails import email
from shared.languages.answers.introductions import introduces
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.numbers import is_long, unasked
from shared.languages.answers.sentences import lacks_verb, sentence
from shared.languages.answers.spelling import spelling
from shared.languages.answers.times import time
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.catalogue import WORDS


def of_form(words: Sequence[str], last: Sequence[str], run: Run | None) -> Completeness | None:
    """The completeness of what the words end with; None if that has no form of its own.

    Args:
        words: All that has been said.
        last: The last sentence of it.
        run: The digits and letters that it ends with.
    """
    level = email(words, asked=False)
    if level:
        return level
    if run and not run.digits and (len(run.text) > 1 or is_letter_alone(words)):
        return spelling(words, run)
    if is_address(words):
        return address(words, run)
    if not lacks_verb(last):
        level = (
            amount(words, asked=False)
            or time(words, asked=False)
            or date(words, asked=False, with_year=False)
        )
        if level is Completeness.WHOLE:
            level = Completeness.ANY  # nobody has asked for it, so that it is a part of something
    return _number(words, last, run) if level is None and run and run.digits else level


def _number(words: Sequence[str], last: Sequence[str], run: Run) -> Completeness:
    """Of "98765", and of "we are 4" too."""
    before = words[: run.begin]
    if is_long(run) or introduces(before):
        return unasked(run, announced=any(word in ANSWER.named for word in before))
    level = sentence(last)
    if words[run.begin] in WORDS.spoken_digits.one:
        return level  # "the first one"
    return Completeness.EXTENDABLE if level is Completeness.ANY else level
