"""What operators read: one line when a call starts, one when it ends, and never a secret."""

import json
import logging
import re
import sys
from typing import TYPE_CHECKING

from loguru import logger

if TYPE_CHECKING:
    from loguru import Message, Record

TEXT_FORMAT = "{time:YYYY-MM-DD HH:mm:ss.SSS} {level: <7} {message}"
PHONE_NUMBER = re.compile(r"(?<![\w.-])\+?\d{10,15}(?![\w.-])")

# Below this level Pipecat and the vendors' clients log what was said, and whole requests.
QUIET_LIBRARIES: dict[str | None, str | int | bool] = {"pipecat": "WARNING"}


def mask(number: str) -> str:
    """A phone number with all but its last four digits hidden: enough to recognise, not to ring."""
    return "*" * max(0, len(number) - 4) + number[-4:] if number else "unknown"


def set_up_logging(level: str = "INFO", *, as_json: bool = False) -> None:
    """Send every log line of the process to stderr, one per event, through loguru.

    Phone numbers are masked in whatever line they turn up, values of variables are left out of
    tracebacks, and libraries speak only when something is wrong.

    Args:
        level: The lowest level of our own lines.
        as_json: One JSON object per line, for a log collector.
    """
    logger.remove()
    logger.enable("pipecat")
    logger.configure(patcher=_hide_numbers)
    logger.add(
        _write_json if as_json else sys.stderr,
        level=level,
        filter={"": level, **QUIET_LIBRARIES},
        format=TEXT_FORMAT,
        backtrace=False,
        diagnose=False,
    )
    logging.basicConfig(handlers=[_ToLoguru()], level=logging.WARNING, force=True)


def _hide_numbers(record: "Record") -> None:
    record["message"] = PHONE_NUMBER.sub(lambda found: mask(found[0]), record["message"])


def _write_json(message: "Message") -> None:
    record = message.record
    line = {
        "time": record["time"].isoformat(),
        "level": record["level"].name,
        "message": record["message"],
        **record["extra"],
    }
    if record["exception"]:
        line["exception"] = str(message).partition("\n")[2].strip()
    sys.stderr.write(json.dumps(line, default=str, ensure_ascii=False) + "\n")


class _ToLoguru(logging.Handler):
    """Hands the standard library's records to loguru."""

    def emit(self, record: logging.LogRecord) -> None:
        logger.opt(exception=record.exc_info).log(record.levelname, record.getMessage())
