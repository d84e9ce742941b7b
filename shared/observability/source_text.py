"""The literal text in a statement that logs or raises: words of the code, which nobody said."""

import ast
import linecache
import re
import textwrap
from collections.abc import Iterator
from functools import lru_cache

LEVELS = {"trace", "debug", "info", "success", "warning", "warn", "error", "critical", "exception"}
STATEMENT_LINES = 15  # of the longest one that is read
ABOVE_LINES = 30  # within which a text is put into the variable that is logged

Literals = tuple[str, ...]  # what stands before, between and behind the values


@lru_cache(maxsize=2_000)
def literals_at(path: str, line: int) -> tuple[Literals, ...]:
    """The literal parts of each text that the statement there may log or raise."""
    lines = linecache.getlines(path)
    statement = _statement(lines, line)
    text = next(filter(None, map(_logged, ast.walk(statement))), None) if statement else None
    if isinstance(text, ast.Name):
        texts = list(_assigned(lines, line, text.id))
    else:
        texts = [text] if text else []
    return tuple(filter(None, map(_parts, texts)))


def _statement(lines: list[str], line: int) -> ast.AST | None:
    """The statement that begins in this line."""
    for end in range(line, min(line + STATEMENT_LINES, len(lines) + 1)):
        try:
            return ast.parse(textwrap.dedent("".join(lines[line - 1 : end])))
        except SyntaxError:
            continue
    return None


def _logged(node: ast.AST) -> ast.expr | None:
    """The first argument of a call that logs, or of the exception that is raised."""
    call = node.exc if isinstance(node, ast.Raise) else node
    if not isinstance(call, ast.Call) or not call.args:
        return None
    logs = isinstance(call.func, ast.Attribute) and call.func.attr in LEVELS
    return call.args[0] if logs or isinstance(node, ast.Raise) else None


def _assigned(lines: list[str], line: int, name: str) -> Iterator[ast.expr]:
    for above in range(max(1, line - ABOVE_LINES), line):
        if re.match(rf"\s*{name} = ", lines[above - 1]):
            statement = _statement(lines, above)
            for node in ast.walk(statement) if statement else ():
                if isinstance(node, ast.Assign):
                    yield node.value


def _parts(text: ast.expr) -> Literals:
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return (text.value,)
    if not isinstance(text, ast.JoinedStr):
        return ()
    parts = [""]
    for value in text.values:
        if isinstance(value, ast.Constant):
            parts[-1] += str(value.value)
        else:
            parts.append("")
    return tuple(parts)
