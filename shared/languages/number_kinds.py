"""The kinds of numbers that a bot asks for, and how many digits they have in India."""

import re
from collections.abc import Iterable, Mapping

from shared.languages.catalogue import WORDS
from shared.languages.word_split import whole_words

# The longer names first; without lengths it may have any.
LENGTHS: Mapping[str, Iterable[int]] = {
    "phone": (10,),
    "post": (6,),
    "otp": (4, 6),
    "cvv": (3,),
    "pin": (4, 6),
    "aadhaar": (12,),
    "card": (16,),
    "account": range(9, 19),
    "pnr": (10,),
    "reference": range(5, 21),
    "number": (),  # of whatever
    "other": (),
    "year": (4,),
    "date": (4, 6, 8),
    "time": (3, 4),
    "age": (1, 2, 3),
    "rating": (1, 2),
    "amount": range(1, 8),
    "quantity": range(1, 5),
}
SPOKEN_KINDS = frozenset(
    "phone post otp cvv pin aadhaar card account pnr reference number".split()  # noqa: SIM905
)

_NAMES = WORDS.number_names
KINDS: Mapping[str, tuple[re.Pattern[str], frozenset[int]]] = {
    kind: (whole_words(*_NAMES.kinds[kind]), frozenset(lengths))
    for kind, lengths in LENGTHS.items()
}
DATE_FORMATS: Mapping[re.Pattern[str], tuple[int, ...]] = {
    re.compile(pattern): lengths for pattern, lengths in _NAMES.date_formats.items()
}
