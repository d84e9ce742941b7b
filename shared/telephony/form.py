"""A lenient reader for the fields of Exotel's HTTP requests and answers.

Spelling and type differ: `CallSid` is `call_sid` or `callsid` in some of Exotel's pages; numbers
come as text or as numbers, a missing value is left out, null, empty or the word "null", and a list
of objects is JSON or flattened to `Legs[0][Status]`.
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from shared.plain_text import encodable, plain
from shared.telephony.identifiers import is_sid
from shared.telephony.timestamps import parse_ist

MAX_TEXT = 2_048  # characters; nothing that Exotel sends is longer
MAX_INT = 10**18  # above it Python may refuse to write the number as text

_SECS = re.compile(r"([0-9]{1,9})(\.[0-9]*)?")
_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


class Form:
    """The fields of one object; a field that isn't there reads as empty."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        names = [name for name in raw if isinstance(name, str)]
        # Of two spellings of one name the first in the alphabet wins, whatever came first:
        # capitals, and so Exotel's own `CallSid` before `callsid`.
        self._fields = {_folded(name): raw[name] for name in sorted(names, reverse=True)}

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._fields

    def has_list(self, name: str) -> bool:
        """Whether there is a list under `name`, be it empty."""
        return isinstance(self._fields.get(_folded(name)), list)

    def text(self, name: str) -> str:
        """The text under `name`, also from a number; "" from anything else and from "null"."""
        match self._fields.get(_folded(name)):
            case str() as value:
                value = plain(encodable(value[:MAX_TEXT])).strip()
                return "" if value.lower() == "null" else value
            case int() as value if not isinstance(value, bool) and abs(value) < MAX_INT:
                return str(value)
            case float() as value if math.isfinite(value):
                return str(value)
            case _:
                return ""

    def sid(self, name: str) -> str:
        """The identifier under `name`; "" unless it is one that is safe to log and to send."""
        value = self.text(name)
        return value if is_sid(value) else ""

    def secs(self, name: str) -> int | None:
        """The whole seconds under `name`."""
        found = _SECS.fullmatch(self.text(name))
        return int(found[1]) if found else None

    def amount(self, name: str) -> Decimal | None:
        """The money under `name`."""
        value = self.text(name)
        return Decimal(value) if _AMOUNT.fullmatch(value) else None

    def time(self, name: str) -> datetime | None:
        """The moment under `name`, in UTC."""
        return parse_ist(self.text(name))

    def url(self, name: str) -> str:
        """The web address under `name`; "" for any other, such as `javascript:`."""
        value = self.text(name)
        return value if re.match(r"https?://[^\s/]", value) else ""

    def section(self, name: str) -> "Form":
        """The object under `name`."""
        return _form(self._fields.get(_folded(name)))

    def sections(self, name: str) -> tuple["Form", ...]:
        """The objects in the list under `name`, at most ten of them from a flattened one."""
        value = self._fields.get(_folded(name))
        if isinstance(value, list):
            return tuple(_form(item) for item in value)
        flattened = re.compile(rf"{re.escape(_folded(name))}\[([0-9])\]\[([^\[\]]+)\]")
        found: dict[int, dict[str, object]] = {}
        for key, field in self._fields.items():
            if match := flattened.fullmatch(key):
                found.setdefault(int(match[1]), {})[match[2]] = field
        return tuple(Form(found.get(index, {})) for index in range(max(found, default=-1) + 1))


def _form(value: object) -> Form:
    return Form(value if isinstance(value, Mapping) else {})


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()
