"""Log lines and exceptions of libraries, cut down to words of their code: data is never logged.

Pipecat, the providers' SDKs and what providers answer quote what they were sent: keys, names, and
what was said. A line of theirs is shown as the literal text of the code that wrote it; in place of
each value stand only the facts in it that tell an operator what failed, such as `HTTP 401`.
"""

import re
import sysconfig
from logging import LogRecord
from types import TracebackType

from shared.observability.redaction import Redaction
from shared.observability.source_text import Literals, literals_at

OURS = ("shared", "inbound", "outbound")
STANDARD_LIBRARY = sysconfig.get_path("stdlib")
INSTALLED = ("site-packages", "dist-packages")

GAP = "…"  # for what isn't told
FACTS_WITHIN = 4_000  # characters of a value, from its beginning
PROCESSOR = re.compile(r"([A-Z][A-Za-z]+)#\d+")  # as Pipecat names them

# A sentence, then representations; of a task's, the code that it runs.
ASYNCIO = re.compile(r"(?s)(?P<sentence>[A-Za-z .!]+)(?:.*?\bcoro=<(?P<code>[\w.<>]+)\(\))?")

# Fixed words, names of errors and status codes, whatever they are found in.
FACTS = re.compile(
    r"\b(?P<error>[A-Z]\w*(?:Error|Exception|Timeout|Warning|Disconnect|ClosedOK))\b"
    r"|\b(?i:error code|status(?:[ _]code)?|HTTP(?:/[\d.]+)?)\W{1,3}(?P<http>[1-5]\d\d)\b"
    r"|\b(?:received|sent) (?P<close>10[01]\d) \("
    r"|\b(?P<errno>Errno -?\d{1,3})\b"
    r"|\b(?P<words>(?i:timed out|timeout|connection (?:refused|reset|closed)|connect call failed"
    r"|(?:unable|failed) to connect|name or service not known|certificate verify failed"
    r"|temporary failure in name resolution|no close frame received or sent|failed to stay up"
    r"|lost in mid-sentence|completed with no audio|unknown error occurred|uncaught exception"
    r"|error during completion|invalid[_ ]api[_ ]key|insufficient[_ ]quota|rate[_ ]limit"
    r"|model[_ ]not[_ ]found|context[_ ]length[_ ]exceeded|content[_ ]filter|unauthorized"
    r"|forbidden|too many requests|internal server error|bad gateway|service unavailable"
    r"|gateway timeout))\b"
)


def is_library(path: str, module: str = "") -> bool:
    """Whether this file belongs to somebody else than us and whoever writes the bot."""
    package = module.partition(".")[0]
    if package in OURS or package == "pipecat":
        return package not in OURS
    return path.startswith(STANDARD_LIBRARY) or any(part in path for part in INSTALLED)


def words_of_line(path: str, line: int, message: str) -> str:
    """What may be told of a message that the code there has logged."""
    told = (_fill(literals, message) for literals in literals_at(path, line))
    return next(filter(None, told), "") or facts(message) or GAP


def words_of_record(record: LogRecord) -> str:
    """What may be told of a record of the standard library's, from wherever it comes."""
    message = record.getMessage()
    if not is_library(record.pathname):
        return message
    if record.name == "asyncio" and not record.args:
        told = _of_asyncio(message)
    elif record.args and isinstance(record.msg, str):
        literals = re.split(r"%(?:\(\w+\))?[-#0 +]*[\d*.]*[a-zA-Z]", record.msg)
        told = _fill(tuple(literals), message) or facts(message) or GAP
    else:
        told = words_of_line(record.pathname, record.lineno, message)
    return f"{record.name}: {told}"


def _of_asyncio(message: str) -> str:
    found = ASYNCIO.match(message)
    if not found:
        return facts(message) or GAP
    code = found["code"]
    return found["sentence"].strip() + (f" ({code})" if code else "")


def words_of_exception(error: BaseException, redact: Redaction) -> str:
    """Its type and where it was raised, likewise for what caused it.

    The words are left out, but for those of our own errors and of a library's code: whoever writes
    a bot may raise anything, with anything in it.
    """
    return redact("\n".join(_chain(error, set())))


def facts(text: str) -> str:
    """What went wrong, as far as fixed words and numbers say it; "" if they don't."""
    found: dict[str, None] = {}
    for match in FACTS.finditer(text[:FACTS_WITHIN]):
        kind = match.lastgroup or ""
        value = match[kind]
        shown = {"http": f"HTTP {value}", "close": f"close code {value}", "words": value.lower()}
        found[shown.get(kind, value)] = None
    return ", ".join(found)


def _fill(literals: Literals, message: str) -> str:
    """The literal texts in their order, with the facts of what stands between them."""
    if not message.startswith(literals[0]):
        return ""
    told, at = literals[0], len(literals[0])
    for literal in literals[1:-1]:
        end = message.find(literal, at)
        if end < 0:
            return ""
        told += _told(message[at:end]) + literal
        at = end + len(literal)
    if len(literals) > 1 and message.endswith(literals[-1]):
        told += _told(message[at : len(message) - len(literals[-1])]) + literals[-1]
    return told if told.strip(f"{GAP} ") else ""


def _told(value: str) -> str:
    """What may be told of one value."""
    processor = PROCESSOR.fullmatch(value)
    return processor[1] if processor else facts(value) or GAP


def _chain(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    told = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        told += [*_chain(before, seen), "", "which led to:", ""]
    told += ["Traceback (most recent call last):", *_places(error.__traceback__)]
    told.append(": ".join(filter(None, [type(error).__qualname__, _said(error)])))
    for inner in getattr(error, "exceptions", ()):
        if isinstance(inner, BaseException) and id(inner) not in seen:
            told += ["", *(f"  | {line}" for line in _chain(inner, seen))]
    return told


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback:
        code = traceback.tb_frame.f_code
        line = f'  File "{code.co_filename}", line {traceback.tb_lineno}, in {code.co_name}'
        places.append(line)
        traceback = traceback.tb_next
    return places


def _said(error: BaseException) -> str:
    """What may be told of an exception's words."""
    if type(error).__module__.startswith("shared."):
        return str(error)
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    text = str(error)
    if last and is_library(last.tb_frame.f_code.co_filename):
        told = words_of_line(last.tb_frame.f_code.co_filename, last.tb_lineno, text)
        return "" if told == GAP else told
    return facts(text)
