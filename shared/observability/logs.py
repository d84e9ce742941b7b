"""The log: one line when a call starts, one when it ends, and never a secret."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from loguru import logger

from shared.observability.foreign_log_lines import (
    is_library,
    words_of_exception,
    words_of_line,
    words_of_record,
)
from shared.observability.library_logs import is_worth_telling
from shared.observability.redaction import Redaction
from shared.observability.redaction import mask as mask
from shared.quoting import escape_controls

if TYPE_CHECKING:
    from loguru import Message, Record

TIME_FORMAT = "YYYY-MM-DD HH:mm:ss.SSSZZ"
MAX_MESSAGE = 8_000  # characters
TRACEBACK = "Traceback (most recent call last):"


def set_up_logging(
    level: str = "INFO", *, as_json: bool = False, secrets: Iterable[str] = ()
) -> None:
    """Send every log line of the process to stderr, one per event, through loguru.

    Libraries speak only when something is wrong, unless the level is TRACE, and of a provider that
    fails only where nobody of ours tells it, unless it is DEBUG.

    Args:
        level: The lowest level of our own lines.
        as_json: One JSON object per line, for a log collector.
        secrets: What no line may show; see `keep_secrets`.
    """
    logger.remove()
    logger.add(
        _write_json if as_json else _write_text,
        level=level,
        filter=lambda record: is_worth_telling(record, level),
        format="{message}",
        backtrace=False,
        diagnose=False,
    )
    keep_secrets(secrets, "NOTSET" if level == "TRACE" else "WARNING")


def keep_secrets(secrets: Iterable[str], level_of_libraries: str = "WARNING") -> None:
    """Let no line of this process hold secrets, numbers, or what was said, wherever it is sent.

    Secrets and phone numbers are taken out of every line. Of what libraries log, and of exceptions,
    only what `log_words` allows remains; so does what the bot's own code logs on purpose.

    Args:
        secrets: The values that mustn't be shown.
        level_of_libraries: Of those that log through the standard library.
    """
    redact = Redaction(secrets)
    logger.enable("pipecat")
    logger.configure(patcher=lambda record: _make_safe(record, redact))
    logging.basicConfig(handlers=[_ToLoguru()], level=level_of_libraries, force=True)


def catch_the_rest() -> None:
    """Log what Python itself would print with all that is in it: whatever nobody caught, warnings.

    For a process that is ours alone.
    """
    sys.excepthook = _uncaught
    threading.excepthook = lambda of: _uncaught(of.exc_type, of.exc_value, of.exc_traceback)
    sys.unraisablehook = lambda of: _uncaught(of.exc_type, of.exc_value, of.exc_traceback)
    warnings.showwarning = _warn


def _uncaught(
    kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt | SystemExit):
        logger.opt(exception=error).critical("something failed that nobody expected")


def _warn(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    logger.warning("{} at {}:{}", category.__name__, filename, lineno)


def _make_safe(record: "Record", redact: Redaction) -> None:
    """Loguru calls this before any sink; what it raised would be raised in whoever logs."""
    try:
        message, file = record["message"], record["file"].path
        if is_library(file, record["name"] or ""):
            message = words_of_line(file, record["line"], message)
        message = escape_controls(redact(_shortened(message)))
        if record["exception"] and record["exception"].value:
            message += "\n" + words_of_exception(record["exception"].value, redact)
        record["message"] = message
        for name, value in record["extra"].items():
            if isinstance(value, str):
                record["extra"][name] = redact(value)
    except Exception as error:  # noqa: BLE001  # whatever is logged, the call goes on
        record["message"] = f"a line that can't be shown: {type(error).__name__} in making it safe"
    record["exception"] = None  # sinks may show it with the values of variables


def _shortened(message: str) -> str:
    return message if len(message) <= MAX_MESSAGE else f"{message[:MAX_MESSAGE]}… (shortened)"


def _write_text(message: "Message") -> None:
    record = message.record
    said, newline, more = record["message"].partition("\n")
    call_sid = record["extra"].get("call_sid", "")
    of = "" if call_sid in said else f" (call {call_sid})"
    head = f"{record['time']:{TIME_FORMAT}} {record['level'].name: <7} {said}"
    sys.stderr.write(f"{head}{of}{newline}{more}\n")


def _write_json(message: "Message") -> None:
    record = message.record
    said, traceback, where = record["message"].partition(f"\n{TRACEBACK}")
    line = {
        "time": record["time"].isoformat(),
        "level": record["level"].name,
        "message": said,
        **record["extra"],
    }
    if traceback:
        line["exception"] = (traceback + where).strip()
    sys.stderr.write(json.dumps(line, default=str, ensure_ascii=False) + "\n")


class _ToLoguru(logging.Handler):
    """Hands the standard library's records to loguru."""

    def emit(self, record: logging.LogRecord) -> None:
        named = record.levelname in logging.getLevelNamesMapping()
        level = record.levelname if named else record.levelno
        logger.opt(exception=record.exc_info).log(level, words_of_record(record).strip())
