"""Short answers: yes, no and thanks, and the words of somebody who is still thinking."""

import re
from collections.abc import Sequence
from functools import lru_cache

from shared.languages.answers.kinds import AnswerKind, Completeness, ExpectedAnswer
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.backchannels import assents

_HOLDS = re.compile("|".join(ANSWER.holds) or "(?!)")
_CLOSINGS = re.compile(rf"(?<!\S)(?:{'|'.join(ANSWER.closings) or '(?!)'})$")
_BESIDE = ANSWER.negatives | ANSWER.polite | ANSWER.hesitations | ANSWER.greetings
_NO_YES = ANSWER.negatives | ANSWER.greetings
_CLOSING_WORDS = 6  # at most


def is_thinking(sentence: Sequence[str]) -> bool:
    """Whether a sentence bids the other wait, or is nothing but hesitation."""
    words = [word for word in sentence if word not in ANSWER.polite]
    rest = list(words)
    while rest and (rest[0] in ANSWER.hesitations or is_answer(rest[0])):
        rest.pop(0)
    while rest:
        if _HOLDS.fullmatch(" ".join(rest)):
            return True
        if rest[-1] not in ANSWER.hesitations and not is_answer(rest[-1]):
            return False
        rest.pop()
    return bool(words) and words[-1] in ANSWER.hesitations and not is_answer(words[-1])


def without_hold(sentence: Sequence[str]) -> Sequence[str]:
    """The sentence behind a "let me see" or "one moment" that it begins with."""
    begin = 0
    while begin < len(sentence) and sentence[begin] in ANSWER.hesitations:
        begin += 1
    ends = range(len(sentence) - 1, begin, -1)
    held = (end for end in ends if _HOLDS.fullmatch(" ".join(sentence[begin:end])))
    end = next(held, 0)
    while end and end < len(sentence) - 1 and sentence[end] in ANSWER.hesitations:
        end += 1
    return sentence[end:]


def closes(words: Sequence[str]) -> bool:
    """Whether the words end with thanks, or with something else behind which nothing comes."""
    core = [word for word in words[-_CLOSING_WORDS:] if word not in ANSWER.polite]
    return bool(core) and bool(_CLOSINGS.search(" ".join(core)))


def yes_or_no(words: Sequence[str], expected: ExpectedAnswer | None) -> Completeness | None:
    """The completeness of a yes or no; None if the words are none."""
    rest = [word for word in words if word not in _BESIDE]
    if rest and not assents(" ".join(rest)):
        return None
    if expected and expected.kind is AnswerKind.YES_NO:
        return Completeness.ANY
    if not expected or any(word in _NO_YES for word in words):
        return Completeness.EXTENDABLE
    return Completeness.OPEN  # to "may I have your number" or "how can I help": it is to come


@lru_cache(maxsize=4096)
def is_answer(word: str) -> bool:
    """Whether a word is a yes or a no."""
    return word in ANSWER.negatives or assents(word)
