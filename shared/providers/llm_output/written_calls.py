"""Calls of functions among an LLM's words: `lookup(name="Meera")`, `Tool: lookup`, `json {"a": 1}`.

A tool that nobody has may be called like that, so any name counts whose brackets hold arguments.
"""

import re

from shared.providers.llm_output.names import Kind, Mark, may_be

_LABEL = r"(?i:(?:tool|function)(?:[ _](?:call|use|name))?|action|call)"
_FORMAT = re.compile(
    r"(?i:json|(?:tool|function)(?:_(?:call|use))?|action(?:_input)?|arguments|args|parameters|input)"
)
CALL_SUSPECT = (
    r"(?<![\w.])(?:[^\W\d]\w*\.)*[^\W\d]\w*(?=\(|[\s:]{0,3}\{)"
    r"|\b(?:functions|default_api)\.(?=\w)|assistantfinal"
    rf"|\b{_LABEL}(?= ?:)"
)
_OBJECT = re.compile(r"[\s:]{0,3}\{\s*[\"']")
_OBJECT_BEGUN = re.compile(r"[\s:]{0,3}\{\s*")
_ARGUMENTS = re.compile(r"\(\s*(?:[{\"')]|\w+\s*=(?!=)|[\w.]+\()")
_ARGUMENTS_BEGUN = re.compile(r"\(\s*[\w.]*\s*=?")
_NAME = re.compile(r"[\w.]+", re.ASCII)
_FINAL = "assistantfinal"  # what is left of Harmony's tokens where a server drops them
_NAMESPACES = ("functions", "default_api")
_OWNERS = (*_NAMESPACES, "tools", "self")  # of a tool that the bot has
_NAME_BEGUN = re.compile(r"(?<![\w.])(?:[^\W\d]\w*\.)*[^\W\d]\w*\.?(?=([\s:]{0,2})$)")
_LONGEST_NAME = 60  # characters; in a script without spaces a whole sentence looks like one
_LABELLED = re.compile(rf"{_LABEL} ?:[ \t]*(\w+)(?=\W)")  # as models trained on ReAct write it
_LABELLED_BEGUN = re.compile(rf"{_LABEL} ?:[ \t]*\w*")
_LABEL_BEGUN = re.compile(r"\b(?i:tool|function)[ _]\w{0,4} ?$")


def read_name(text: str, at: int, tools: frozenset[str]) -> Mark | None:
    """The call that begins with this name or label; None if these are words for the caller."""
    if labelled := _LABELLED.match(text, at):
        return Mark(Kind.CALL, at, labelled.end()) if labelled[1] in tools else None
    if begun := may_be(_LABELLED_BEGUN, text, at):
        return begun
    name = _NAME.match(text, at)
    if not name:
        return None
    *path, last = name[0].split(".")
    if name[0].startswith(_FINAL):
        return Mark(Kind.ANSWER, at, at + len(_FINAL))
    if last in tools or (path and path[0] in _NAMESPACES):
        return Mark(Kind.CALL, at, name.end())
    if _ARGUMENTS.match(text, name.end()):
        return Mark(Kind.CALL, at, name.end())
    if _FORMAT.fullmatch(name[0]):
        if _OBJECT.match(text, name.end()):
            return Mark(Kind.CALL, at, name.end())
        if begun := may_be(_OBJECT_BEGUN, text, name.end(), at):
            return begun
    return may_be(_ARGUMENTS_BEGUN, text, name.end(), at)


def unfinished_name(text: str, tools: frozenset[str]) -> Mark | None:
    """The last word, while it may become the name of a function that is called."""
    if label := _LABEL_BEGUN.search(text):
        return Mark(Kind.OPEN, label.start(), len(text))
    found = _NAME_BEGUN.search(text)
    if not found or len(found[0]) > _LONGEST_NAME or not found[0].isascii():
        return None
    name = found[0].rstrip(".")
    ends = found[1] or (name != found[0] and name not in _OWNERS)
    if ends and not (name.rpartition(".")[2] in tools or _FORMAT.fullmatch(name)):
        return None
    return Mark(Kind.OPEN, found.start(), len(text))
