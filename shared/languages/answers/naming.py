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


def _patterns() -> list[tuple[AnswerKind, str]]:
    own = [(AnswerKind(kind), "|".join(ANSWER.kinds.get(kind, ()))) for kind in (*_FIRST, *_LAST)]
    numbers = [
        (kind, "|".join(WORDS.number_names.kinds.get(name, ())))
        for name, kind in NUMBER_KINDS.items()
    ]
    both = [*own[: len(_FIRST)], *numbers, *own[len(_FIRST) :]]
    return [(kind, strip_nukta(pattern)) for kind, pattern in both if pattern]


_PATTERNS = _patterns()
_KINDS = [kind for kind, _ in _PATTERNS]
_NAMED = whole_words(*(f"(?P<k{place}>{pattern})" for place, (_, pattern) in enumerate(_PATTERNS)))


def named_kinds(
    text: str, among: Collection[AnswerKind] = tuple(AnswerKind)
) -> list[tuple[int, AnswerKind]]:
    """The kinds that a `plain` text names, with where they begin, in their order."""
    found = ((each.start(), _KINDS[int(str(each.lastgroup)[1:])]) for each in _NAMED.finditer(text))
    return [(start, kind) for start, kind in found if kind in among]


BIRTH = re.compile(strip_nukta("|".join(ANSWER.births)) or "(?!)")
