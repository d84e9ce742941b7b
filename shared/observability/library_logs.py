"""Log lines of libraries: only those that nobody else tells better reach an operator.

Pipecat tells of a provider that fails in several lines, again for every attempt of every call. Of
the providers of ours `shared.providers.health` says it once.
"""

from typing import TYPE_CHECKING

from loguru import logger

if TYPE_CHECKING:
    from loguru import Record

# Pipecat and its services say most things twice; what they log below these levels is for debugging.
QUIET: dict[str, str] = {
    "pipecat": "WARNING",
    "pipecat.services": "ERROR",
    "pipecat.services.websocket_service": "CRITICAL",  # each of its errors is an error frame, too
    "pipecat.pipeline": "ERROR",
}
ERROR_FRAME = ("pipecat.processors.frame_processor", "push_error_frame")
WRITTEN_OFF = ("pipecat.pipeline.worker", "_handle_unusable_processor")  # behind an error frame

ERROR = logger.level("ERROR").no

_told_elsewhere: set[str] = set()


def tell_elsewhere(name: str) -> None:
    """Take note that somebody of ours tells of the errors of this class of processors."""
    _told_elsewhere.add(name)


def is_worth_telling(record: "Record", level: str) -> bool:
    """Whether a line is to be shown.

    Args:
        record: The line, with its message as it will be shown.
        level: The lowest of our own lines; at TRACE all are shown, at DEBUG all errors.
    """
    name, severity = record["name"] or "", record["level"].no
    if level == "TRACE" or (level == "DEBUG" and severity >= ERROR):
        return True
    if name.partition(".")[0] == "pipecat" and severity < logger.level(_lowest(name)).no:
        return False
    where = (name, record["function"])
    said_twice = where == ERROR_FRAME and _processor(record["message"]) in _told_elsewhere
    return not (said_twice or where == WRITTEN_OFF)


def _lowest(name: str) -> str:
    """The level of a module of Pipecat's, or of the package next to it that has one."""
    while name not in QUIET:
        name = name.rpartition(".")[0]
    return QUIET[name]


def _processor(message: str) -> str:
    """The class in a line of Pipecat's, which begins with the name of a processor."""
    return message.partition(" ")[0].partition("#")[0]
