"""Marks where an LLM's text stops being words for the caller: tags, tokens, JSON, function calls.

Everything here looks at a text that may go on: what could still become such a mark is told, too.
"""

import re
from collections.abc import Callable

from shared.providers.llm_output.names import Kind, Mark, may_be, of_tag, of_token
from shared.providers.llm_output.written_calls import CALL_SUSPECT, read_name, unfinished_name

LONGEST_TAG = 200  # characters
LONGEST_BARE_TAG = 40  # of one without attributes

_SUSPECT = re.compile(rf"[<◁{{\[]|`+|{CALL_SUSPECT}")
_WORD = r"[^\W\d_][^\s=/<>◁▷()\[\]{}\"',!?]*"  # in any script, with its vowel signs
_TAG = re.compile(rf"[<◁]\s?(/?)\s?({_WORD})((?:[\s=/][^<>◁▷]*)?)[>▷]")
_TAG_NAME = re.compile(rf"[<◁]\s?/?\s?({_WORD})(?=[\s=/>▷])")
_TAG_BEGUN = re.compile(rf"[<◁]\s?/?\s?(?:{_WORD}(?:[\s=/][^<>◁▷]*)?)?")
_TOKEN = re.compile(
    r"<[|｜]([^|｜<>\n]{1,40})[|｜]?>|<([a-z]\w{0,40})[|｜]>"
)  # Gemma's have one bar
_TOKEN_BEGUN = re.compile(r"<[|｜][^|｜<>\n]{0,40}[|｜]?|<[a-z]\w{0,40}[|｜]?")
_CHANNEL = re.compile(  # OpenAI's Harmony, and Gemma's
    r"<\|channel\|>\s*([a-z]+)([^<]{0,60})(?=<)|<\|channel>\s*([a-z]+)\s"
)
_CHANNEL_BEGUN = re.compile(r"<\|channel\|?>[^<]{0,60}")
_ROLE = re.compile(r"<\|(?:start|im_start|start_header_id|turn)\|?>\s*\w*(?=\W)")
_ROLE_BEGUN = re.compile(r"<\|(?:start|im_start|start_header_id|turn)\|?>\s*\w*")
_COMMENT_BEGUN = re.compile(r"<!-{0,2}")
_BRACKET = re.compile(r"\[\s?(/?)\s?([A-Za-z][\w -]{1,23}?)\s?\]")
_BRACKET_BEGUN = re.compile(r"\[\s*/?\s?(?:[A-Za-z][\w -]{0,23})?")
_BRACKET_REASONING = re.compile(
    r"think|thinking|thoughts?|reason|reasoning|reflection|scratchpad|analysis", re.IGNORECASE
)
_BRACKET_CALL = re.compile(
    r"(?:(?:begin|end)_of_)?(?:available_)?(?:tool|function)s?"
    r"(?:[_ -]?(?:call|request|use|result)s?)?(?:_(?:begin|start|end))?",
    re.IGNORECASE,
)
_LIST = re.compile(r"\[\s*(?:\{|[A-Za-z]\w*\()", re.ASCII)  # names of tools are in Latin letters
_OBJECT = re.compile(r"\{\s*(?:[\"']|\w+\s*:)")
_OBJECT_BEGUN = re.compile(r"\{\s*\w*\s*")
_FENCE = re.compile(r"```+([\w+-]*+)[ \t]*+(?:\n\s*+)?(?=\S)")
_FENCE_BEGUN = re.compile(r"`{1,2}|```+[\w+-]*\s*")
_FENCED_WORDS = ("", "text", "txt", "plaintext", "markdown", "md", "html")

Reader = Callable[[str, int, frozenset[str]], Mark | None]


def find_mark(text: str, tools: frozenset[str] = frozenset()) -> Mark | None:
    """The first mark in a text, or the place from which there may be one."""
    for suspect in _SUSPECT.finditer(text):
        read = _READERS.get(suspect[0][0], read_name)
        if mark := read(text, suspect.start(), tools):
            return mark
    return unfinished_name(text, tools)


def _read_angle(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    for read in (_read_comment, _read_channel, _read_role, _read_token):
        if mark := read(text, at):
            return mark
    return _read_tag(text, at, tools)


def _read_comment(text: str, at: int) -> Mark | None:
    if not text.startswith("<!--", at):
        return may_be(_COMMENT_BEGUN, text, at)
    end = text.find("-->", at)
    return Mark(Kind.OPEN, at, len(text)) if end < 0 else Mark(Kind.NOTHING, at, end + 3)


def _read_channel(text: str, at: int) -> Mark | None:
    if found := _CHANNEL.match(text, at):
        if "to=" in (found[2] or ""):
            return Mark(Kind.CALL, at, found.end())
        kind = Kind.ANSWER if (found[1] or found[3]) == "final" else Kind.REASONING
        return Mark(kind, at, found.end(), "channel")
    return may_be(_CHANNEL_BEGUN, text, at)


def _read_role(text: str, at: int) -> Mark | None:
    if found := _ROLE.match(text, at):
        return Mark(Kind.NOTHING, at, found.end())
    return may_be(_ROLE_BEGUN, text, at)


def _read_token(text: str, at: int) -> Mark | None:
    if found := _TOKEN.match(text, at):
        if found[2] == "channel":
            return Mark(Kind.ANSWER, at, found.end(), "channel")
        return Mark(of_token(found[1] or found[2]), at, found.end(), "token")
    return may_be(_TOKEN_BEGUN, text, at)


def _read_tag(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    named = _TAG_NAME.match(text, at)
    if named and of_tag(named[1], tools) is Kind.CALL:
        return Mark(Kind.CALL, at, named.end())
    if found := _TAG.match(text, at):
        closes, alone = bool(found[1]), found[3].endswith("/")
        kind = of_tag(found[2], tools, closes=closes, alone=alone)
        return Mark(kind, at, found.end(), found[2].lower())
    limit = LONGEST_TAG if "=" in text[at:] else LONGEST_BARE_TAG
    if len(text) - at <= limit and (begun := may_be(_TAG_BEGUN, text, at)):
        return begun
    if named and of_tag(named[1], tools) is Kind.REASONING:
        return Mark(Kind.REASONING, at, named.end(), named[1].lower())
    return None


def _read_bracket(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    if found := _LIST.match(text, at):
        return Mark(Kind.CALL, at, found.end())
    if found := _BRACKET.match(text, at):
        name = found[2]
        if name in tools or _BRACKET_CALL.fullmatch(name):
            return Mark(Kind.CALL, at, found.end())
        if not _BRACKET_REASONING.fullmatch(name):
            return None
        if found[1]:
            return Mark(Kind.ANSWER, at, found.end(), f"[{name.lower()}]")
        # In small letters it may be a stage direction; then nothing closes it.
        kind = Kind.REASONING if name.isupper() else Kind.ASIDE
        return Mark(kind, at, found.end(), f"[{name.lower()}]")
    return may_be(_BRACKET_BEGUN, text, at)


def _read_brace(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    if found := _OBJECT.match(text, at):
        return Mark(Kind.CALL, at, found.end())
    return may_be(_OBJECT_BEGUN, text, at)


def _read_fence(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    found = _FENCE.match(text, at)
    if not found:
        return may_be(_FENCE_BEGUN, text, at)
    language = found[1].lower()
    if _BRACKET_REASONING.fullmatch(language):
        return Mark(Kind.REASONING, at, found.end(), "```")
    if language not in _FENCED_WORDS and "\n" in found[0] or text[found.end()] in "{[<":
        return Mark(Kind.CALL, at, found.end())
    plain = found.end() if language in _FENCED_WORDS and "\n" in found[0] else at + 3
    return Mark(Kind.NOTHING, at, plain)


_READERS: dict[str, Reader] = {
    "<": _read_angle,
    "◁": _read_tag,
    "[": _read_bracket,
    "{": _read_brace,
    "`": _read_fence,
}
