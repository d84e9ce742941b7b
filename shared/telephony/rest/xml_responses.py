"""Exotel's REST answers in XML, which it writes where a path doesn't end in `.json`."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

KNOWN = frozenset({"call", "calls", "restexception"})
LISTS = frozenset({"calls", "legs"})
MAX_DEPTH = 8  # elements within each other; Exotel's have four

# Entities are where XML becomes dangerous, and only such a declaration can bring any.
_DECLARATION = re.compile(r"<!(?!--|\[CDATA\[)")
_LOOSE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)")  # as in a bare URL


def read_xml(body: str) -> dict[str, object] | None:
    """The fields that the same answer has in JSON; None if it is no XML of Exotel's."""
    text = body.strip("\ufeff \t\r\n")
    if not text.startswith("<") or _DECLARATION.search(text):
        return None
    root = _parse(text)
    if root is None:
        root = _parse(_LOOSE.sub("&amp;", text))
    if root is None:
        return None
    if _name(root).lower() in KNOWN:
        return {_name(root): _value(root, 1)}
    found = {_name(child): _value(child, 2) for child in root}
    return found if is_known(found) else None


def is_known(fields: Mapping[str, object]) -> bool:
    """Whether something of Exotel's is in an object, by the names of its fields."""
    return bool(KNOWN & {name.lower() for name in fields})


def _parse(text: str) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        return None


def _value(element: ElementTree.Element, depth: int) -> object:
    name, children = _name(element), list(element)
    text = (element.text or "").strip()
    if depth > MAX_DEPTH:
        return text
    if name.lower() in LISTS and not text:
        return [_value(child, depth + 1) for child in children]
    return {_name(child): _value(child, depth + 1) for child in children} if children else text


def _name(element: ElementTree.Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]
