"""What operators read: one line when a call starts, one when it ends, and never a secret."""

import json
import logging
import re
import sys
from typing import TYPE_CHECKING

from loguru import logger

from shared.quoting import one_line

if TYPE_CHECKING:
    from loguru import Message, Record

TEXT_FORMAT = "{time:YYYY-MM-DD HH:mm:ss.SSSZZ} {level: <7} {message}"

# +91 98123 45678, 098123-45678, (080) 4711 2233 or 9812345678, but no part of a longer word, and no
# date: ten digits or more, with a space, a hyphen or a bracket between them here and there.
PHONE_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?!\d{4}-\d\d-\d\d)(\+?\(?\d(?:[ ()-]{0,2}\d){9,14})(?![A-Za-z0-9])"
)

# What Pipecat puts in brackets is what somebody said, or a whole request.
QUOTED = re.compile(r"\[.{12,}\]", re.DOTALL)

# Pipecat and its services say most things twice; what they log below these levels is for debugging.
QUIET_LIBRARIES: dict[str | None, str | int | bool] = {
    "pipecat": "WARNING",
    "pipecat.services": "ERROR",
    "pipecat.pipeline": "ERROR",
}


def mask(number: str) -> str:
    """A phone number with all but its last four digits hidden: enough to recognise, not to ring."""
    digits = re.sub(r"[^0-9+]", "", number)[:20]
    return "*" * (len(digits) - 4) + digits[-4:] if len(digits) > 6 else "unknown"


def set_up_logging(level: str = "INFO", *, as_json: bool = False) -> None:
    """Send every log line of the process to stderr, one per event, through loguru.

    Phone numbers are masked in whatever line they turn up, what was said and the values of
    variables are left out, and libraries speak only when something is wrong.

    Args:
        level: The lowest level of our own lines.
        as_json: One JSON object per line, for a log collector.
    """
    logger.remove()
    logger.enable("pipecat")
    logger.configure(patcher=_make_safe)
    logger.add(
        _write_json if as_json else _write_text,
        level=level,
        filter={"": level, **QUIET_LIBRARIES},
        format=_format,
        backtrace=False,
        diagnose=False,
    )
    logging.basicConfig(handlers=[_ToLoguru()], level=logging.WARNING, force=True)


def _make_safe(record: "Record") -> None:
    record["message"] = one_line(record["message"])
    if (record["name"] or "").startswith("pipecat"):
        record["message"] = QUOTED.sub("[...]", record["message"])


def _format(record: "Record") -> str:
    """Loguru's template for a line, which says of which call it is unless the message does."""
    call_sid = record["extra"].get("call_sid", "")
    of = "" if call_sid in record["message"] else " (call {extra[call_sid]})"
    return TEXT_FORMAT + of + "\n{exception}"


def _hide_numbers(text: str) -> str:
    return PHONE_NUMBER.sub(lambda found: mask(found[0]), text)


def _write_text(message: "Message") -> None:
    sys.stderr.write(_hide_numbers(message))


def _write_json(message: "Message") -> None:
    record = message.record
    line = {
        "time": record["time"].isoformat(),
        "level": record["level"].name,
        "message": _hide_numbers(record["message"]),
        **record["extra"],
    }
    if record["exception"]:
        line["exception"] = _hide_numbers(message.partition("\n")[2].strip())
    sys.stderr.write(json.dumps(line, default=str, ensure_ascii=False) + "\n")


class _ToLoguru(logging.Handler):
    """Hands the standard library's records to loguru."""

    def emit(self, record: logging.LogRecord) -> None:
        named = record.levelname in logging.getLevelNamesMapping()
        level = record.levelname if named else record.levelno
        logger.opt(exception=record.exc_info).log(level, record.getMessage())
