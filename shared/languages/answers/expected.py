"""The answer that a sentence of the bot's asks for."""

import re

from shared.languages.answers.codes import KINDS as CODES
from shared.languages.answers.kinds import WITH_YEAR, AnswerKind, ExpectedAnswer
from shared.languages.answers.naming import BIRTH, asked_kinds
from shared.languages.answers.vocabulary import ANSWER, CLAUSE
from shared.languages.keypad_words import AGAIN, ASKS, COUNT, FORBIDS, READ_BACK, TYPES
from shared.languages.questions import is_question
from shared.languages.requested_digits import asks_yes_or_no, counted
from shared.languages.word_split import bare_words, plain, whole_words

_CHOICES = whole_words(*ANSWER.choices)
_POLAR = whole_words(*ANSWER.polar)
_REQUESTS = whole_words(*ANSWER.requests)
_POLAR_ENDS = re.compile(rf"(?:^| )(?:{'|'.join(ANSWER.polar_ends)})\W*$")
_WHATS = whole_words(*ANSWER.whats)
_CODES = whole_words(*ANSWER.codes)
_QUESTION_WORDS = whole_words(*CLAUSE.question_words, *CLAUSE.polar)
_STATEMENTS = whole_words(*ANSWER.statements)
_TAGS = re.compile(rf"(?:^|[,.] ?)(?:{'|'.join(ANSWER.tags)})\W*$")
# What is only the way to say something else that is named, or its number.
_YIELDS = {
    AnswerKind.QUANTITY: {AnswerKind.AMOUNT},
    AnswerKind.SPELLING: CODES | {AnswerKind.EMAIL},
}
_PHONE = 10  # digits
_FEW = 6  # words of a request that is only a noun


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
    if bids:
        return not _STATEMENTS.match(said)
    words = bare_words(said)
    polite = len(words) <= _FEW and any(word in ANSWER.polite for word in words[-1:])
    return polite and bool(_named(said, 0))  # "PAN card number, please."


def _yes_answers(said: str) -> bool:
    if READ_BACK.search(said):
        return True
    if not said.endswith("?") or _REQUESTS.search(said) or _WHATS.match(said):
        return False
    if _ends_polar(said):
        return True
    return bool(_TAGS.search(said) or _POLAR.match(said)) or asks_yes_or_no(said)


def _ends_polar(said: str) -> bool:
    """Whether only its tone or a last word make a question of it: "आप घर पर हैं?"."""
    end = _POLAR_ENDS.search(said)
    return end is not None and not _QUESTION_WORDS.search(said[: end.start()])


def _named(said: str, verb: int) -> ExpectedAnswer | None:
    """What is named; the last before the verb in Hindi, the first behind it in English."""
    counts = counted(said)
    kinds = asked_kinds(said)
    if not kinds:
        return _unknown(said, counts)
    count = COUNT.search(said) if counts else None
    behind = [each for each in kinds if each[0] >= (count.end() if count else verb)]
    kind = (behind[0] if behind else kinds[-1])[1]
    if kind in _YIELDS:
        others = (each for _, each in kinds if each in _YIELDS[kind])
        kind = next(others, kind)
    if kind is AnswerKind.NUMBER and counts == {_PHONE}:
        kind = AnswerKind.PHONE_NUMBER
    if kind is AnswerKind.DATE and not counts and BIRTH.search(said):
        counts = WITH_YEAR
    return ExpectedAnswer(kind, counts)


def _unknown(said: str, counts: frozenset[int]) -> ExpectedAnswer | None:
    """A number or a code of a sort that has no name here."""
    if counts:
        kind = AnswerKind.PHONE_NUMBER if counts == {_PHONE} else AnswerKind.NUMBER
        return ExpectedAnswer(kind, counts)
    return ExpectedAnswer(AnswerKind.REFERENCE) if _CODES.search(said) else None
