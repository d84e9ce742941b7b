"""Marks that only eyes can use, taken out in any language: markdown, emoji, line breaks."""

import re

from pipecat.utils.text.transforms import strip_markdown

_TWICE_AT_LEAST = 5  # passes: a mark may hide another one, as in `> # Timings`

_AUTOLINK = re.compile(r"<(?:mailto:)?((?:https?://|[^\s<>@]+@)[^\s<>]+)>")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:]*-{2,}[-| \t:]*\|?[ \t]*$\n?", re.MULTILINE)
_TABLE_EDGE = re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.MULTILINE)
_TABLE_CELL = re.compile(r"[ \t]+\|[ \t]+")
_TIMES = re.compile(r"(?<=[0-9])[ ]?\*[ ]?(?=[0-9])")
_MASK = re.compile(r"(?<=[0-9])\*+(?=[0-9])")
_LOOSE_STARS = re.compile(r"\*{2,}|(?<=\S)\*|\*(?=\S)")
_LOOSE_MARKS = re.compile(r"`+|~~+|(?<![^\W_])_+|_+(?![^\W_])")
_JOINT = re.compile(r"_+")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")

# The zero-width joiner belongs to many Indian words, so it goes only when it ties two emoji.
_PICTURE = (
    "[\U0001f000-\U0001faff\U0001fb00-\U0001fbff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff"
    "\u25a0-\u25ff\u2022\u2023\u00a9\u00ae\u2122\U000e0020-\U000e007f]"
)
_PICTURES = re.compile(rf"(?:{_PICTURE}(?:\u200d(?={_PICTURE}))?)+")
_VARIATION = re.compile("[\ufe0e\ufe0f\u20e3\u200b\u2060\ufeff]")
_ARROW = re.compile(r"[ \t]*[\u2190-\u21ff][ \t]*|[ \t]+[-=]>[ \t]+")
_SMILEY = re.compile(r"(?<!\S)[:;]-?[)(DP](?!\S)")

_PARAGRAPH = re.compile(r"(?<=[^\s.,:;!?\u0964\u2026-])[ \t]*\n\s*(?=\S)")
_LINE = re.compile(r"\s*\n\s*")
_GAP = re.compile(r"[ \t\u00a0]{2,}|[\t\u00a0]")
_BEFORE_POINT = re.compile(r"[ \t]+(?=[,;:.!?\u0964](?:\s|$))")


async def clean(text: str) -> str:
    """The words of the text without markdown, emoji and line breaks.

    A line that ends without a mark ends with a full stop, or its heading would run into what
    follows. A star or a hash key stays where it stands alone (`Press * then #`).
    """
    for _ in range(_TWICE_AT_LEAST):
        cleaner = await _clean_once(text)
        if cleaner == text:
            break
        text = cleaner
    return text


async def _clean_once(text: str) -> str:
    text = _VARIATION.sub("", text)
    text = _AUTOLINK.sub(r"\1", text)
    if "|" in text:
        text = _TABLE_RULE.sub("", text)
        text = _TABLE_CELL.sub(", ", _TABLE_EDGE.sub("", text))
    text = await strip_markdown(_TIMES.sub("×", text), "*")
    text = _LOOSE_STARS.sub("", _MASK.sub(" ", text))
    text = _without_underscores(text)
    text = _SMILEY.sub("", _PICTURES.sub("", text))
    text = _ARROW.sub(", ", text)
    return _in_one_line(text)


def _without_underscores(text: str) -> str:
    """Loose marks go and `order_id` is two words; an address keeps its underscores."""
    if not re.search(r"[`~_]", text):
        return text
    parts, end = [], 0
    for address in _ADDRESS.finditer(text):
        parts += [_JOINT.sub(" ", _LOOSE_MARKS.sub("", text[end : address.start()])), address[0]]
        end = address.end()
    parts.append(_JOINT.sub(" ", _LOOSE_MARKS.sub("", text[end:])))
    return "".join(parts)


def _in_one_line(text: str) -> str:
    text = _PARAGRAPH.sub(". ", text)
    text = _LINE.sub(" ", text)
    return _BEFORE_POINT.sub("", _GAP.sub(" ", text))
