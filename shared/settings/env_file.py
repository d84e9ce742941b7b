"""The file `.env`, read as `docker run --env-file` reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import parse_stream


@dataclass(frozen=True, slots=True)
class EnvFile:
    """The contents of a file.

    Attributes:
        values: By name. `${NAME}` in a value is left as it stands, since docker leaves it too.
        broken: Numbers of the lines that set nothing.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[int, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "EnvFile":
        """Read a file.

        Raises:
            OSError: If it can't be opened.
            UnicodeDecodeError: If it isn't UTF-8.
        """
        with path.open(encoding="utf-8-sig") as file:  # Windows' editors put a mark before it
            bindings = list(parse_stream(file))
        values = {line.key: line.value for line in bindings if line.key and line.value is not None}
        broken = [
            line.original.line
            for line in bindings
            if line.error or (line.key and line.value is None)
        ]
        return cls(values, tuple(broken))
