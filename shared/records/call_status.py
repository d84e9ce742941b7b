"""The status of a call: ours, whatever Exotel's spelling."""

from enum import StrEnum


class Status(StrEnum):
    """Placed, rejected or unknown → ringing → answered → one of five ends."""

    DIALLING = "dialling"  # Exotel has been asked, and hasn't answered yet
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    PLACED = "placed"
    RINGING = "ringing"
    ANSWERED = "answered"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether the call has come to its end (or never began)."""
        return self in OVER


ENDS = (Status.COMPLETED, Status.CANCELLED, Status.FAILED, Status.NO_ANSWER, Status.BUSY)
UNREACHED = (Status.CANCELLED, Status.FAILED, Status.NO_ANSWER, Status.BUSY)
OVER = (*ENDS, Status.REJECTED)
