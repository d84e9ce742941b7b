"""Times of the day: "five" may go on with "thirty", and behind "pm" or "baje" nothing comes."""

from collections.abc import Sequence

from shared.languages.answers.characters import items, number_of
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER, CLAUSE

_COLON = ":"
_HOURS = 24
_MINUTES = 60


def time(words: Sequence[str], *, asked: bool) -> Completeness | None:
    """The completeness of a time that the words end with; None if they end with none."""
    core = list(words)
    while core and (core[-1] in ANSWER.after or core[-1] in ANSWER.polite):
        core.pop()
    if not core:
        return None
    short = asked or len(core) <= 4
    last = core[-1]
    if last in ANSWER.clock and len(core) > 1 and _is_hour(core[-2]):
        return Completeness.WHOLE if short else Completeness.ANY
    if _COLON in last:
        return Completeness.WHOLE if short else Completeness.ANY
    if last in CLAUSE.postpositions and len(core) > 1 and core[-2] in _NAMED:
        return Completeness.ANY if short else None
    if last in ANSWER.parts_of_day:
        return _part_of_day(core, asked=asked, short=short)
    if last in ANSWER.before_hours and (asked or _tells_hour(core)):
        return Completeness.OPEN
    return _hour(core) if asked else None


_NAMED = ANSWER.parts_of_day | ANSWER.clock


def _is_hour(word: str) -> bool:
    return bool(number_of(word)) or _COLON in word


def _tells_hour(words: list[str]) -> bool:
    """Whether it ends with "half past", "five to" or such."""
    return len(words) > 1 and words[-2] in ANSWER.before_hours


def _part_of_day(words: list[str], *, asked: bool, short: bool) -> Completeness | None:
    before = words[-2] if len(words) > 1 else ""
    if before in CLAUSE.determiners or before in CLAUSE.prepositions or before in ANSWER.clock:
        return Completeness.WHOLE if short else Completeness.ANY
    if not before or before in ANSWER.polite:
        return Completeness.EXTENDABLE
    return Completeness.ANY if asked else None


def _hour(words: list[str]) -> Completeness | None:
    """The completeness of an hour without anything behind it."""
    begin = len(words)
    while begin and (number_of(words[begin - 1]) or words[begin - 1] == "."):
        begin -= 1
    numbers = [item for item in items(words[begin:]) if item.text]
    if not numbers:
        return None
    hour, *minutes = (int(item.text) for item in numbers)
    if not minutes:
        past = len(words) > 2 and all(word in ANSWER.before_hours for word in words[-3:-1])
        return Completeness.WHOLE if past else Completeness.EXTENDABLE
    if len(minutes) == 1 and hour <= _HOURS and minutes[0] < _MINUTES:
        goes_on = numbers[-1].tens and minutes[0] != _MINUTES // 2
        return Completeness.EXTENDABLE if goes_on else Completeness.WHOLE
    return Completeness.EXTENDABLE
