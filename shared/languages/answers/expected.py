"""The answer that a sentence of the bot's asks for."""

import re

from shared.languages.answers.codes import KINDS as CODES
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from shared.languages.answers.naming import BIRTH, named_kinds
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.keypad_words import AGAIN, ASKS, COUNT, FORBIDS, READ_BACK, TYPES
from shared.languages.questions import is_question
from shared.languages.requested_digits import asks_yes_or_no, counted
from shared.languages.word_split import plain, whole_words

_CHOICES = whole_words(*ANSWER.choices)
_POLAR = whole_words(*ANSWER.polar)
_REQUESTS = whole_words(*ANSWER.requests)
_STATEMENTS = whole_words(*ANSWER.statements)
_TAGS = re.compile(rf"(?:^|[,.] ?)(?:{'|'.join(ANSWER.tags)})\W*$")
_WITH_YEAR = frozenset({6, 8})  # digits of a date of birth
# What is only the way to say something else that is named, or its number.
_YIELDS = {
    AnswerKind.QUANTITY: {AnswerKind.AMOUNT},
    AnswerKind.SPELLING: CODES | {AnswerKind.EMAIL},
}
_PHONE = 10  # digits


def expected_answer(
    sentence: str, before: str = "", last: ExpectedAnswer | None = None
) -> ExpectedAnswer | None:
    """What a sentence asks for; None if it asks nothing.

    Args:
        sentence: Of the bot's.
        before: What it has said before that in the same breath: "What is it?" may ask for it.
        last: What it asked for the last time: "Please say it again" asks for it once more.
    """
    said = plain(sentence)
    if FORBIDS.search(said) or not _asks(said):
        return None
    if not _CHOICES.search(said) and _yes_answers(said):
        return ExpectedAnswer(AnswerKind.YES_NO)
    verb = TYPES.search(said) or ASKS.search(said)
    found = _named(said, verb.start() if verb else 0)
    if not found and AGAIN.search(said):
        found = _named(plain(before), 0) or last
    return found or ExpectedAnswer(AnswerKind.OPEN)


def _asks(said: str) -> bool:
    if said.endswith("?"):
        return True
    bids = TYPES.search(said) or ASKS.search(said) or is_question(said)
    return bool(bids) and not _STATEMENTS.match(said)


def _yes_answers(said: str) -> bool:
    if READ_BACK.search(said):
        return True
    if not said.endswith("?") or _REQUESTS.search(said):
        return False
    return bool(_TAGS.search(said) or _POLAR.match(said)) or asks_yes_or_no(said)


def _named(said: str, verb: int) -> ExpectedAnswer | None:
    """What is named; the last before the verb in Hindi, the first behind it in English."""
    counts = counted(said)
    kinds = named_kinds(said)
    if not kinds:
        kind = AnswerKind.PHONE_NUMBER if counts == {_PHONE} else AnswerKind.NUMBER
        return ExpectedAnswer(kind, counts) if counts else None
    count = COUNT.search(said) if counts else None
    behind = [each for each in kinds if each[0] >= (count.end() if count else verb)]
    kind = (behind[0] if behind else kinds[-1])[1]
    if kind in _YIELDS:
        others = (each for _, each in kinds if each in _YIELDS[kind])
        kind = next(others, kind)
    if kind is AnswerKind.NUMBER and counts == {_PHONE}:
        kind = AnswerKind.PHONE_NUMBER
    if kind is AnswerKind.DATE and not counts and BIRTH.search(said):
        counts = _WITH_YEAR
    return ExpectedAnswer(kind, counts)
