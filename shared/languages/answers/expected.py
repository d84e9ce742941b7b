"""The answer that a sentence of the bot's asks for."""

from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from shared.languages.answers.naming import BIRTH, named_kinds
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.keypad_words import AGAIN, ASKS, FORBIDS, READ_BACK, TYPES
from shared.languages.questions import is_question
from shared.languages.requested_digits import asks_yes_or_no, counted
from shared.languages.word_split import plain, whole_words

_CHOICES = whole_words(*ANSWER.choices)
_WITH_YEAR = frozenset({6, 8})
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
    verb = TYPES.search(said) or ASKS.search(said)
    if FORBIDS.search(said) or not (verb or is_question(said)):
        return None
    if READ_BACK.search(said) or (asks_yes_or_no(sentence) and not _CHOICES.search(said)):
        return ExpectedAnswer(AnswerKind.YES_NO)
    found = _named(said, verb.start() if verb else 0)
    if not found and AGAIN.search(said):
        found = _named(plain(before), 0) or last
    return found or ExpectedAnswer(AnswerKind.OPEN)


def _named(said: str, verb: int) -> ExpectedAnswer | None:
    """What is named; the last before the verb in Hindi, the first behind it in English."""
    counts = counted(said)
    kinds = named_kinds(said)
    if not kinds:
        kind = AnswerKind.PHONE_NUMBER if counts == {_PHONE} else AnswerKind.NUMBER
        return ExpectedAnswer(kind, counts) if counts else None
    behind = [each for each in kinds if each[0] >= verb]
    kind = (behind[0] if behind else kinds[-1])[1]
    if kind is AnswerKind.NUMBER and counts == {_PHONE}:
        kind = AnswerKind.PHONE_NUMBER
    if kind is AnswerKind.DATE and not counts and BIRTH.search(said):
        counts = _WITH_YEAR
    return ExpectedAnswer(kind, counts)
