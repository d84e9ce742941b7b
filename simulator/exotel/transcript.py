"""Everything that happens at an exchange, in order: for a file of JSON lines, and for eyes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.caller.report import CallReport
from simulator.exotel.clock import now


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened; `call` is the SID and `number` the person's, if there is a call."""

    at: datetime
    kind: str
    call: str = ""
    number: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


OnHappening = Callable[[Happening], None]


class Transcript:
    """Hands on what happens; numbers are in full, for all of them are made up.

    Raises:
        OSError: If the file cannot be opened.
    """

    def __init__(self, path: Path | None, on_happening: OnHappening | None) -> None:
        self._file = path.open("a", encoding="utf-8") if path else None
        self._on_happening = on_happening

    def __enter__(self) -> "Transcript":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def note(self, kind: str, call: str = "", number: str = "", **facts: Any) -> None:
        """Note that something happened now."""
        happening = Happening(now(), kind, call, number, facts)
        if self._on_happening:
            self._on_happening(happening)
        if self._file:
            at = happening.at.isoformat(timespec="milliseconds")
            line = {"at": at, "kind": kind, "call": call, "number": number, **facts}
            self._file.write(json.dumps(line, default=_plain) + "\n")
            self._file.flush()


def _plain(value: object) -> object:
    return value.as_dict() if isinstance(value, CallReport) else str(value)
