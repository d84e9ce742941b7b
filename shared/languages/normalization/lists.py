"""Lists: the number before an item is said in one breath with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.languages.catalogue import WORDS
from shared.languages.normalization.written_words import any_of

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_LETTERS = "abcdefgh"

_AKSHARAS = "".join(WORDS.written.item_letters)
_LABEL = rf"[0-9]{{1,2}}|[०-९]{{1,2}}|viii|vii|vi|v|iv|iii|ii|[a-i]|[A-H]|[{_AKSHARAS}]"
_MARKER = re.compile(
    rf"(?<![^\s*_])(?:(?P<open>\()?(?P<label>{_LABEL})(?P<mark>(?(open)\)|[.)])))[*_]{{0,3}}"
    r"(?=[ \t\u00a0]+\S|(?<=[0-9०-९][.)])[A-Z\u0900-\u0d7f])"
)
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3[ \t]*(?=\\S)")
_CIRCLED = re.compile("([\u2460-\u2468])[ \t]*(?=\\S)")
_BULLET = re.compile("[ \t]*[\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u2043][ \t]*")
_LINE_BULLET = re.compile("^[ \t]*[-+*\u2013][ \t]+(?=\\S)(.*)$", re.MULTILINE)

_SENTENCE_END = (".", "!", "?", "\u0964", "\u0965", "\u2026", ";")
_SHORT = re.compile(  # a number behind these belongs to them
    rf"(?:^|[^\w.])(?:{any_of(WORDS.written.before_numbers)})\.$", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?\u0964\u2026](?=\s+\S)")
_BEGINNING = re.compile(r"\s*[^\W\d_a-z]")  # a capital, or a letter of a script without them
_GOES_ON = re.compile(r"[^\s.,:;!?*_\u0964\u2026\u2013\u2014-][*_]*[ \t]*\Z")

_PRICED = re.compile(
    r"(?P<name>\s*[*_]*[^\W\d_][^,:;.!?\u0964\u2013\u2014()\n]{0,60}?)[ ]+(?:-[ ]+)?"
    rf"(?=[*_]*(?:[₹$€£]|(?:{any_of(WORDS.written.rupees)})\b\.?)[ ]?[0-9])"
)
_ASKS_FOR_MORE = re.compile(  # a price behind these is no price of an item
    rf"(?i:{any_of(WORDS.written.before_prices)})$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before an item: `1.`, `(b)`, `iii)`, `२.`; one that is no figure too.

    Args:
        start: Where it begins in the text.
        end: Behind its mark.
        number: 1 for the first.
        spoken: What is said for it.
    """

    start: int
    end: int
    number: int
    spoken: str


def markers(text: str) -> Iterator[Marker]:
    """The markers in a text, and none of what only looks like one (`Take 2. Then call.`)."""
    last, last_end = 0, 0
    for found in _MARKER.finditer(text):
        if found["label"] in "ABCDEFGH" and found["mark"] == ".":  # somebody's initial
            continue
        number, spoken = _read(found["label"])
        before = text[: found.start()]
        if not _can_begin_behind(before, number):
            follows = (
                last and number == last + 1 and not _SENTENCE.search(text[last_end : len(before)])
            )
            opens = number == 1 and found["mark"] == ")" and before.count("(") <= before.count(")")
            if not (follows or opens) or not _BEGINNING.match(text, found.end()):
                continue
        last, last_end = number, found.end()
        yield Marker(found.start(), found.end(), number, spoken)


def without_list_marks(text: str) -> str:
    """Items as sentences: `1. Cleaning ₹800` as `1: Cleaning, ₹800`; bullets go."""
    text = _KEYCAP.sub(r"\1. ", text)
    text = _CIRCLED.sub(lambda found: f"{ord(found[1]) - 0x245F}. ", text)
    text = _LINE_BULLET.sub(lambda found: _item(found[1]), text)
    text = _without_bullets(text)
    parts: list[str] = []
    end = 0
    for marker in markers(text):
        before = text[end : marker.start]
        parts.append(_item(before) if parts else before)
        if _GOES_ON.search(parts[-1]):
            parts[-1] = f"{parts[-1].rstrip()}. "
        parts.append(f"{marker.spoken}:" + ("" if text[marker.end].isspace() else " "))
        end = marker.end
    return "".join([*parts, _item(text[end:])]) if parts else text


def _without_bullets(text: str) -> str:
    first, *items = _BULLET.split(text)
    for item in items:
        gap = ". " if _GOES_ON.search(first) else " " if first.strip() else ""
        first = f"{first}{gap}{_item(item)}" if item else first
    return first


def _item(text: str) -> str:
    """An item's name is said apart from its price."""
    found = _PRICED.match(text)
    if not found or _ASKS_FOR_MORE.search(found["name"].rstrip("*_")):
        return text
    return f"{found['name']}, {text[found.end() :]}"


def _read(label: str) -> tuple[int, str]:
    """The number of a label, and what is said for it."""
    if label.isdecimal():
        return int(label), label
    if label in _ROMAN:
        return _ROMAN.index(label) + 1, str(_ROMAN.index(label) + 1)
    for letters in WORDS.written.item_letters:
        if label in letters:
            return letters.index(label) + 1, label
    return _LETTERS.index(label.lower()) + 1, label.upper()


def _can_begin_behind(before: str, number: int) -> bool:
    """Whether an item can begin behind this text, whatever it says."""
    bare = before.rstrip(" \t\u00a0*_")
    if not bare or bare.endswith("\n"):
        return True
    closed = bare[-12:].rstrip("\"'\u201d\u2019)")
    if closed.endswith(_SENTENCE_END):
        return not _SHORT.search(closed)
    return number == 1 and bare.endswith((":", "-", "\u2013", "\u2014"))
