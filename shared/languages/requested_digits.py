"""The keys that a sentence of the bot's asks for: how many, typed or said, and which it offers.

In all languages that are known, and several mixed; in another one nothing is asked for.
"""

from dataclasses import dataclass, replace

from shared.languages.keypad_words import (
    AGAIN,
    ASKS,
    COUNT,
    FORBIDS,
    HASH_ENDS,
    MENU_KEY,
    MORE_KEYS,
    READ_BACK,
    SCALE,
    TYPES,
    YES_OR_NO,
    key_of,
    number_of,
)
from shared.languages.number_kinds import DATE_FORMATS, KINDS, SPOKEN_KINDS
from shared.languages.word_split import plain

# What stands before a phone number, and how many digits it then has.
_PREFIXES = {"0091": (14,), "091": (11, 13), "0": (11,), "91": (10, 12)}
PHONE = 10


@dataclass(frozen=True, slots=True)
class ExpectedKeys:
    """An answer that may come by keys.

    Attributes:
        lengths: How many digits it may have; empty if nobody can tell.
        phone: Whether it is a phone number, which may have a prefix.
        typed: Whether it is to be typed; else it is asked for, and may be typed as well.
        by_hash: Whether hash is to end it.
    """

    lengths: frozenset[int] = frozenset()
    phone: bool = False
    typed: bool = True
    by_hash: bool = False

    def lengths_of(self, keys: str) -> frozenset[int]:
        """How many digits the answer may have that begins with these."""
        if self.phone:
            for prefix, lengths in _PREFIXES.items():
                if keys.startswith(prefix):
                    return frozenset(lengths)
        return self.lengths


def expected_in(
    sentence: str, before: str = "", last: ExpectedKeys | None = None
) -> ExpectedKeys | None:
    """What a sentence asks for; None if it isn't a number.

    Args:
        sentence: Of the bot's.
        before: What it has said before that in the same breath: "What is it?" may ask for it.
        last: What it asked for the last time: "Please type it again" asks for it once more.
    """
    whole = plain(sentence)
    said = MENU_KEY.sub(" ", whole)
    verb = TYPES.search(said)
    if not verb and not (ASKS.search(said) or said.endswith("?")):
        return None
    if FORBIDS.search(said) or _asks_yes_or_no(said) or (not verb and READ_BACK.search(said)):
        return None
    found = _kind(said, typed=bool(verb))
    if not found and AGAIN.search(said):
        found = _kind(plain(before), typed=bool(verb)) or last or (verb and ExpectedKeys())
    if not found:
        return None
    typed = bool(verb) or (found == last and found.typed)
    return replace(found, typed=typed, by_hash=ends_by_hash(whole))


def asks_something(sentence: str) -> bool:
    """Whether it wants an answer other than yes or no."""
    said = plain(sentence)
    wants = said.endswith("?") or ASKS.search(said) or TYPES.search(said)
    return bool(wants) and not _asks_yes_or_no(said)


def asks_yes_or_no(sentence: str) -> bool:
    """Whether it is a question that a yes answers."""
    said = plain(sentence)
    return said.endswith("?") and _asks_yes_or_no(said)


def menu_keys(sentence: str) -> frozenset[str]:
    """The keys that a sentence offers, as "Press 1 for sales, or 2" does."""
    said = plain(sentence)
    offers = list(MENU_KEY.finditer(said))
    keys = {key_of(next(filter(None, found.groups()))) for found in offers}
    if keys:
        keys |= {key_of(found[1]) for found in MORE_KEYS.finditer(said)}
    return frozenset(keys - ({"#"} if HASH_ENDS.search(said) else set()))


def ends_by_hash(sentence: str) -> bool:
    """Whether it has the answer end with hash."""
    return bool(HASH_ENDS.search(plain(sentence)))


def _asks_yes_or_no(said: str) -> bool:
    return bool(YES_OR_NO.match(said))


def _kind(said: str, *, typed: bool) -> ExpectedKeys | None:
    """The number that is named; the last before the verb in Hindi, the first behind in English."""
    lengths, phone = _named(said, typed=typed)
    counts = counted(said)
    if counts:
        return ExpectedKeys(counts, phone=(phone or lengths is None) and counts == {PHONE})
    return None if lengths is None else ExpectedKeys(lengths, phone=phone)


def _named(said: str, *, typed: bool) -> tuple[frozenset[int] | None, bool]:
    verb = (TYPES if typed else ASKS).search(said)
    at = verb.start() if verb else 0
    found: list[tuple[int, int, str]] = []
    taken = [False] * len(said)
    for kind, (pattern, _) in KINDS.items():
        is_said = kind in SPOKEN_KINDS or (kind == "rating" and SCALE.search(said))
        if not (typed or is_said):
            continue
        for match in pattern.finditer(said):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match[0])
                found.append((match.start(), match.end(), kind))
    if not found:
        return None, False
    behind = [each for each in sorted(found) if each[0] >= at]
    _, _, kind = behind[0] if behind else max(found)
    lengths = _scale(said) if kind == "rating" else KINDS[kind][1]
    return lengths, kind == "phone"


def _scale(said: str) -> frozenset[int]:
    found = SCALE.search(said)
    most = number_of(found[1]) if found else None
    return frozenset(range(1, len(str(most)) + 1)) if most else frozenset({1, 2})


def counted(said: str) -> frozenset[int]:
    """How many digits a `plain` text expressly asks for, as in "four or six digits"."""
    for pattern, lengths in DATE_FORMATS.items():
        if pattern.search(said):
            return frozenset(lengths)
    found = COUNT.search(said)
    if not found:
        return frozenset()
    least, up_to, most = found.groups()
    counts = {count for word in (least, most) if word and (count := number_of(word))}
    if up_to and len(counts) > 1:
        return frozenset(range(min(counts), max(counts) + 1))
    return frozenset(counts)
