"""Markdown, emoji and line breaks, taken out in any language."""

import re

from pipecat.utils.text.transforms import strip_markdown

from shared.languages.normalization.directions import without_directions
from shared.languages.normalization.lists import without_list_marks
from shared.languages.normalization.markup import without_markup

_TWICE_AT_LEAST = 5  # passes: a mark may hide another one, as in `> # Timings`

# As models typeset: narrow and fixed spaces, and a hyphen at which no line breaks.
PLAIN_SIGNS = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u205f\u3000", " ")
    | {chr(space): " " for space in range(0x2000, 0x200B)}
    | {"\u2010": "-", "\u2011": "-"}
)
_JOINED = str.maketrans({"\u2103": "°C", "\u2109": "°F", "\u2116": "No. "})

_AUTOLINK = re.compile(r"<(?:mailto:)?((?:https?://|[^\s<>@]+@)[^\s<>]+)>")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:]*-{2,}[-| \t:]*\|?[ \t]*$\n?", re.MULTILINE)
_TABLE_EDGE = re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.MULTILINE)
_TABLE_CELL = re.compile(r"[ \t]+\|[ \t]+")
_TIMES = re.compile(r"(?<=[0-9])[ ]?\*[ ]?(?=[0-9])")
_STAR = re.compile(r"(?<=[0-9])\*{1,2}(?=[0-9])")
_HIDDEN = "(?:\\*{4,}|[\u2022\u25cf\u2219\u00b7]{2,})"
_MASKED = re.compile(  # figures that are hidden: ****1234, 98****10; `**1234**` is bold
    rf"(?<![\w*]){_HIDDEN}(?:[ -]{_HIDDEN})*(?=[ -]?[0-9]{{2,6}}(?![0-9]*\*))"
    rf"|(?<=[0-9])(?:\*{{3,}}|{_HIDDEN})(?=[0-9])"
)
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

_WRITTEN_BREAK = re.compile(r"(?<=[\s.!?,;:)\u0964a-z])\\n(?=$|[\sA-Z0-9*\u0900-\u097f\\-])")
_PARAGRAPH = re.compile(r"(?<=[^\s.,:;!?\u0964\u2026-])[ \t]*\n\s*(?=\S)")
_LINE = re.compile(r"\s*\n\s*")
_GAP = re.compile(r"[ \t\u00a0]{2,}|[\t\u00a0]")
_FIRST_POINT = re.compile(r"^\s*[.,;:!?\u2026\u0964\u2013\u2014]+\s+(?=\S)")
_BEFORE_POINT = re.compile(r"[ \t]+(?=[,;:.!?\u0964](?:\s|$))")


async def clean(text: str, label: re.Pattern[str], voice_tags: frozenset[str]) -> str:
    """The words of the text without markdown, emoji and line breaks.

    A line that ends without a mark ends with a full stop, or its heading would run into what
    follows. A star or a hash key stays where it stands alone (`Press * then #`).

    Args:
        text: As the LLM wrote it.
        label: What may stand before it to say who speaks.
        voice_tags: The names of the tags that the TTS understands.
    """
    text = text.translate(PLAIN_SIGNS).translate(_JOINED)
    for _ in range(_TWICE_AT_LEAST):
        cleaner = await _clean_once(text, label, voice_tags)
        if cleaner == text:
            break
        text = cleaner
    return text


async def _clean_once(text: str, label: re.Pattern[str], voice_tags: frozenset[str]) -> str:
    text = _AUTOLINK.sub(r"\1", text)
    text = without_markup(_WRITTEN_BREAK.sub("\n", text), voice_tags)
    text = _MASKED.sub("XXXX", text)
    text = _VARIATION.sub("", without_list_marks(without_directions(text)))
    if "|" in text:
        text = _TABLE_RULE.sub("", text)
        text = _TABLE_CELL.sub(", ", _TABLE_EDGE.sub("", text))
    text = await strip_markdown(_TIMES.sub("×", text), "*")
    text = label.sub("", text)
    text = _LOOSE_STARS.sub("", _STAR.sub(" ", text))
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
    text = _FIRST_POINT.sub("", _GAP.sub(" ", text))
    return _BEFORE_POINT.sub("", text)
