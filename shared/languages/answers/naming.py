"""The kinds of answers that a text names: "my Aadhaar number", "what is your e-mail address"."""

import re
from collections.abc import Collection

from shared.languages.answers.kinds import NUMBER_KINDS, AnswerKind
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.catalogue import WORDS
from shared.languages.word_split import strip_nukta, whole_words

# What a name is tried for first, where it could be several: an e-mail address is no address.
_CODES = ("pan_number", "ifsc_code", "vehicle_number", "passport_number", "voter_id", "gstin")
_FIRST = ("email", *_CODES, "spelling", "amount", "time")
_LAST = ("date", "address", "name")


_ORDER = (*map(AnswerKind, _FIRST), *NUMBER_KINDS.values(), *map(AnswerKind, _LAST))


def _pattern(*, asked: bool) -> re.Pattern[str]:
    """Of the names that callers and bots use, or of the words of questions too."""
    numbers = WORDS.number_names.kinds
    found: dict[AnswerKind, list[str]] = {kind: [] for kind in _ORDER}
    for kind, patterns in found.items():
        names = (name for name, of_it in NUMBER_KINDS.items() if of_it is kind)
        patterns += ANSWER.asked.get(kind, ()) if asked else ()
        patterns += ANSWER.kinds.get(kind, ())
        patterns += (pattern for name in names for pattern in numbers.get(name, ()))
    return whole_words(
        *(f"(?P<{kind}>{strip_nukta('|'.join(each))})" for kind, each in found.items() if each)
    )


_NAMED = _pattern(asked=False)
_ASKED = _pattern(asked=True)


def named_kinds(
    text: str, among: Collection[AnswerKind] = tuple(AnswerKind)
) -> list[tuple[int, AnswerKind]]:
    """The kinds that a `plain` text names, with where they begin, in their order."""
    return [(start, kind) for start, kind in _found(_NAMED, text) if kind in among]


def without_kinds(text: str) -> str:
    """A `plain` text without what it names."""
    return _NAMED.sub(" ", text)


def asked_kinds(sentence: str) -> list[tuple[int, AnswerKind]]:
    """The same of what a bot says, whose questions have other words for some."""
    return _found(_ASKED, sentence)


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[int, AnswerKind]]:
    return [(each.start(), AnswerKind(str(each.lastgroup))) for each in pattern.finditer(text)]


BIRTH = re.compile(strip_nukta("|".join(ANSWER.births)) or "(?!)")
