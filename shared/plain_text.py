"""Text from outside, without what no log, database, language model or voice can take."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

DEEPEST = 64  # levels of lists and objects in a JSON value

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_KEPT = "\n\t\u200c\u200d"  # without the joiners many words of India's scripts fall apart
_UNSEEN = ("Cc", "Cs", "Cf")  # control characters, halves of surrogate pairs, invisible marks

# Markup, such as a voice's own <break time="9s"/>; neither `a < b` nor <meera@example.in>.
_TAG = re.compile(r"<(?:/?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?|[!?][^<>]*)>")
_SENTENCE = re.compile(r".*[.!?\u0964]", re.DOTALL)


class TooDeep(ValueError):
    """A JSON value has lists or objects in each other, more than `DEEPEST`."""


def plain(text: str) -> str:
    """The text as it was meant; its lines stay, however they end."""
    if text.isprintable():  # as nearly all is
        return text
    text = _LINE_ENDS.sub("\n", text)
    return "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in _UNSEEN
    )


def encodable(text: str) -> str:
    """The text with "?" for half a surrogate pair, which JSON can hold and nobody can encode."""
    return text.encode("utf-8", "replace").decode("utf-8")


def plain_json(value: Any) -> Any:
    """A JSON value whose strings, the names of its fields too, are plain.

    Raises:
        TooDeep: If no recursion would be safe with it.
    """
    return _in_strings(value, plain, plain, DEEPEST)


def without_tags(value: Any) -> Any:
    """A JSON value whose strings, but for the names of its fields, hold no markup."""
    return _in_strings(value, _untagged, str, DEEPEST)


def one_line(text: str, longest: int = 60) -> str:
    """What somebody wrote, as it may stand in a sentence of the bot's: a name, a place, a product.

    Args:
        text: Of any length, with anything in it.
        longest: Characters; the rest is cut off at the end of a word.
    """
    return shortened(" ".join(_untagged(plain(text)).split()), longest)


def shortened(text: str, longest: int) -> str:
    """Its first sentences, or else words, or else characters: `longest` of them at most."""
    if len(text) <= longest:
        return text
    begun = text[: longest + 1]
    if sentences := _SENTENCE.match(text[:longest]):
        return sentences[0]
    return begun.rpartition(" ")[0].rstrip() or text[:longest]


def _untagged(text: str) -> str:
    while (less := _TAG.sub(_gap, text)) != text:  # one tag may be hidden in another
        text = re.sub(" {2,}", " ", less).strip()
    return text


def _gap(tag: re.Match[str]) -> str:
    return "" if tag.string[: tag.start()].endswith(("<", "</")) else " "


def _in_strings(
    value: Any, clean: Callable[[str], str], clean_name: Callable[[str], str], levels: int
) -> Any:
    match value:
        case str():
            return clean(value)
        case list() | dict() if not levels:
            raise TooDeep(f"more than {DEEPEST} lists and objects are in each other")
        case list():
            return [_in_strings(item, clean, clean_name, levels - 1) for item in value]
        case dict():
            return {
                clean_name(name): _in_strings(item, clean, clean_name, levels - 1)
                for name, item in value.items()
            }
    return value
