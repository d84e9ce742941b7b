"""Short answers: yes, no and thanks, and the words of somebody who is still thinking."""

import re
from collections.abc import Sequence

from shared.languages.answers.kinds import AnswerKind, Completeness, ExpectedAnswer
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.backchannels import assents

_HOLDS = re.compile(rf"(?:{'|'.join(ANSWER.holds)})$")
_WHOLE_HOLDS = re.compile(rf"(?:{'|'.join(ANSWER.holds)})")
_CLOSINGS = re.compile(rf"(?<!\S)(?:{'|'.join(ANSWER.closings)})$")


def is_thinking(sentence: Sequence[str]) -> bool:
    """Whether a sentence bids the other wait, or is nothing but hesitation."""
    words = [word for word in sentence if word not in ANSWER.polite]
    while words and (words[0] in ANSWER.hesitations or words[0] in ANSWER.negatives):
        words.pop(0)
    if not words:
        rest = [word for word in sentence if word not in ANSWER.polite]
        return bool(rest) and rest[-1] in ANSWER.hesitations and not assents(" ".join(sentence))
    return bool(_WHOLE_HOLDS.fullmatch(" ".join(words)))


def closes(words: Sequence[str]) -> bool:
    """Whether the words end with thanks, or with something else behind which nothing comes."""
    core = [word for word in words[-6:] if word not in ANSWER.polite]
    return bool(core) and bool(_CLOSINGS.search(" ".join(core)))


def yes_or_no(words: Sequence[str], expected: ExpectedAnswer | None) -> Completeness | None:
    """The completeness of a yes or no; None if the words are none."""
    rest = [word for word in words if word not in ANSWER.negatives and word not in ANSWER.polite]
    if rest and not assents(" ".join(rest)):
        return None
    asked = expected is not None and expected.kind is AnswerKind.YES_NO
    return Completeness.ANY if asked else Completeness.EXTENDABLE
