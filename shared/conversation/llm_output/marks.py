"""Where an LLM's text stops being words for the caller: tags, tokens, JSON, calls of functions.

Everything here looks at a text that may go on: what could still become such a mark is told, too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from shared.conversation.llm_output.names import Kind, of_tag, of_token

LONGEST_TAG = 200  # characters
LONGEST_BARE_TAG = 40  # of one without attributes

_SUSPECT = re.compile(
    r"[<◁{\[]|`+|(?<![\w.])(?:[^\W\d]\w*\.)*[^\W\d]\w*(?=\(|[\s:]{0,3}\{)|\b(?:functions|default_api)\.(?=\w)"
    r"|assistantfinal|\bAction(?= ?:)"
)
_TAG = re.compile(r"[<◁]\s?(/?)\s?([A-Za-z][\w:.-]*)((?:[\s=/][^<>◁▷]*)?)[>▷]")
_TAG_NAME = re.compile(r"[<◁]\s?/?\s?([A-Za-z][\w:.-]*)(?=[\s=/>▷])")
_TAG_BEGUN = re.compile(r"[<◁]\s?/?\s?(?:[A-Za-z][\w:.-]*(?:[\s=/][^<>◁▷]*)?)?")
_TOKEN = re.compile(r"<[|｜]([^|｜<>\n]{1,40})[|｜]>")
_TOKEN_BEGUN = re.compile(r"<[|｜][^|｜<>\n]{0,40}[|｜]?")
_CHANNEL = re.compile(r"<\|channel\|>\s*([a-z]+)([^<]{0,60})(?=<)")  # OpenAI's Harmony
_CHANNEL_BEGUN = re.compile(r"<\|channel\|>[^<]{0,60}")
_ROLE = re.compile(r"<\|(?:start|im_start|start_header_id)\|>\s*\w*(?=\W)")
_ROLE_BEGUN = re.compile(r"<\|(?:start|im_start|start_header_id)\|>\s*\w*")
_BRACKET = re.compile(r"\[\s?(/?)\s?([A-Za-z][\w -]{1,23}?)\s?\]")
_BRACKET_BEGUN = re.compile(r"\[\s*/?\s?(?:[A-Za-z][\w -]{0,23})?")
_BRACKET_THOUGHT = re.compile(
    r"think|thinking|thoughts?|reason|reasoning|reflection|scratchpad|analysis", re.IGNORECASE
)
_BRACKET_CALL = re.compile(
    r"(?:(?:begin|end)_of_)?(?:available_)?(?:tool|function)s?"
    r"(?:[_ -]?(?:call|request|use|result)s?)?(?:_(?:begin|start|end))?",
    re.IGNORECASE,
)
_LIST = re.compile(r"\[\s*(?:\{|[^\W\d][\w.]*\()")
_OBJECT = re.compile(r"\{\s*(?:[\"']|\w+\s*:)")
_OBJECT_BEGUN = re.compile(r"\{\s*\w*\s*")
_FENCE = re.compile(r"```+([\w+-]*+)[ \t]*+(?:\n\s*+)?(?=\S)")
_FENCE_BEGUN = re.compile(r"`{1,2}|```+[\w+-]*\s*")
_FENCED_WORDS = ("", "text", "txt", "plaintext", "markdown", "md", "html")
_ARGUMENTS = re.compile(r"\(\s*(?:[{\"')]|\w+\s*=(?!=))")
_ARGUMENTS_BEGUN = re.compile(r"\(\s*\w*\s*=?")
_NAME = re.compile(r"[\w.]+")
_FINAL = "assistantfinal"  # what is left of Harmony's tokens where a server drops them
_NAME_BEGUN = re.compile(r"(?<![\w.])(?:[^\W\d]\w*\.)*[^\W\d]\w*\.?(?=([\s:]{0,2})$)")
_NAMESPACES = ("functions", "default_api")
_ACTION = re.compile(r"Action ?:[ \t]*(\w+)(?=\W)")  # of a model trained on ReAct
_ACTION_BEGUN = re.compile(r"Action ?:[ \t]*\w*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text that is no words.

    Args:
        kind: What it is.
        start: Where it begins.
        end: Where it ends.
        name: Of what it opens.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""


Reader = Callable[[str, int, frozenset[str]], Mark | None]


def find_mark(text: str, tools: frozenset[str] = frozenset()) -> Mark | None:
    """The first mark in a text, or the place from which there may be one."""
    for suspect in _SUSPECT.finditer(text):
        read = _READERS.get(suspect[0][0], _read_name)
        if mark := read(text, suspect.start(), tools):
            return mark
    return _unfinished_name(text, tools)


def _read_angle(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    for read in (_read_channel, _read_role, _read_token):
        if mark := read(text, at):
            return mark
    return _read_tag(text, at, tools)


def _read_channel(text: str, at: int) -> Mark | None:
    if found := _CHANNEL.match(text, at):
        if "to=" in found[2]:
            return Mark(Kind.CALL, at, found.end())
        kind = Kind.ANSWER if found[1] == "final" else Kind.THOUGHT
        return Mark(kind, at, found.end(), "channel")
    return _open(_CHANNEL_BEGUN, text, at)


def _read_role(text: str, at: int) -> Mark | None:
    if found := _ROLE.match(text, at):
        return Mark(Kind.NOTHING, at, found.end())
    return _open(_ROLE_BEGUN, text, at)


def _read_token(text: str, at: int) -> Mark | None:
    if found := _TOKEN.match(text, at):
        return Mark(of_token(found[1]), at, found.end(), "token")
    return _open(_TOKEN_BEGUN, text, at)


def _read_tag(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    named = _TAG_NAME.match(text, at)
    if named and of_tag(named[1], tools) is Kind.CALL:
        return Mark(Kind.CALL, at, named.end())
    if found := _TAG.match(text, at):
        closes, alone = bool(found[1]), found[3].endswith("/")
        kind = of_tag(found[2], tools, closes=closes, alone=alone)
        return Mark(kind, at, found.end(), found[2].lower())
    limit = LONGEST_TAG if "=" in text[at:] else LONGEST_BARE_TAG
    if len(text) - at <= limit and (begun := _open(_TAG_BEGUN, text, at)):
        return begun
    if named and of_tag(named[1], tools) is Kind.THOUGHT:
        return Mark(Kind.THOUGHT, at, named.end(), named[1].lower())
    return None


def _read_bracket(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    if found := _LIST.match(text, at):
        return Mark(Kind.CALL, at, found.end())
    if found := _BRACKET.match(text, at):
        name = found[2]
        if _BRACKET_CALL.fullmatch(name):
            return Mark(Kind.CALL, at, found.end())
        if not _BRACKET_THOUGHT.fullmatch(name):
            return None
        if found[1]:
            return Mark(Kind.ANSWER, at, found.end(), f"[{name.lower()}]")
        # In small letters it may be a stage direction; then nothing closes it.
        kind = Kind.THOUGHT if name.isupper() else Kind.ASIDE
        return Mark(kind, at, found.end(), f"[{name.lower()}]")
    return _open(_BRACKET_BEGUN, text, at)


def _read_brace(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    if found := _OBJECT.match(text, at):
        return Mark(Kind.CALL, at, found.end())
    return _open(_OBJECT_BEGUN, text, at)


def _read_fence(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    found = _FENCE.match(text, at)
    if not found:
        return _open(_FENCE_BEGUN, text, at)
    language = found[1].lower()
    if _BRACKET_THOUGHT.fullmatch(language):
        return Mark(Kind.THOUGHT, at, found.end(), "```")
    if language not in _FENCED_WORDS and "\n" in found[0] or text[found.end()] in "{[<":
        return Mark(Kind.CALL, at, found.end())
    plain = found.end() if language in _FENCED_WORDS and "\n" in found[0] else at + 3
    return Mark(Kind.NOTHING, at, plain)


def _read_name(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    if action := _ACTION.match(text, at):
        return Mark(Kind.CALL, at, action.end()) if action[1] in tools else None
    if begun := _open(_ACTION_BEGUN, text, at):
        return begun
    name = _NAME.match(text, at)
    if not name:
        return None
    *path, last = name[0].split(".")
    if name[0].startswith(_FINAL):
        return Mark(Kind.ANSWER, at, at + len(_FINAL))
    if last in tools or (path and path[0] in _NAMESPACES):
        return Mark(Kind.CALL, at, name.end())
    if "_" in name[0] or path:
        if _ARGUMENTS.match(text, name.end()):
            return Mark(Kind.CALL, at, name.end())
        return _open(_ARGUMENTS_BEGUN, text, name.end(), at)
    return None


def _unfinished_name(text: str, tools: frozenset[str]) -> Mark | None:
    """The last word, while it may become the name of a function that is called."""
    found = _NAME_BEGUN.search(text)
    if not found:
        return None
    name = found[0].rstrip(".")
    known = (*tools, *_NAMESPACES, "Action")
    if name.rpartition(".")[2] in tools or (
        not found[1] and ("_" in name or any(each.startswith(name) for each in known))
    ):
        return Mark(Kind.OPEN, found.start(), len(text))
    return None


def _open(begun: re.Pattern[str], text: str, at: int, start: int | None = None) -> Mark | None:
    if not begun.fullmatch(text, at):
        return None
    return Mark(Kind.OPEN, at if start is None else start, len(text))


_READERS: dict[str, Reader] = {
    "<": _read_angle,
    "◁": _read_tag,
    "[": _read_bracket,
    "{": _read_brace,
    "`": _read_fence,
}
