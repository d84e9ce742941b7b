"""Log lines that anybody can cause from outside: some at once, and the rest counted."""

import asyncio
from collections import Counter
from contextvars import Context
from weakref import WeakKeyDictionary

from loguru import logger

AT_ONCE = 10  # lines of one kind, one by one, in each …
PERIOD = 10.0  # … seconds; at their end one line says how many more there were

_told: WeakKeyDictionary[asyncio.AbstractEventLoop, Counter[str]] = WeakKeyDictionary()


def warn(message: str, *args: object) -> None:
    """Log a warning, unless there have just been many of its kind.

    Args:
        message: Loguru's template, a constant: lines with the same one are of one kind.
        args: What stands in its braces; other people's words `quoted`.
    """
    _log("WARNING", message, *args)


def info(message: str, *args: object) -> None:
    """Likewise, of something that isn't wrong."""
    _log("INFO", message, *args)


def error(message: str, *args: object) -> None:
    """Likewise, of something of ours that fails."""
    _log("ERROR", message, *args)


def _log(level: str, message: str, *args: object) -> None:
    loop = asyncio.get_running_loop()
    told = _told.setdefault(loop, Counter())
    if message not in told:
        loop.call_later(PERIOD, _sum_up, told, level, message, context=Context())
    told[message] += 1
    if told[message] <= AT_ONCE:
        logger.opt(depth=2).log(level, message, *args)


def _sum_up(told: Counter[str], level: str, message: str) -> None:
    more = told.pop(message, 0) - AT_ONCE
    if more > 0:
        logger.log(level, "{} more within {:g} s of: {}", more, PERIOD, message)
