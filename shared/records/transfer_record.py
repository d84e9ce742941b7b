"""The record of a transfer: who is to take over the call, and what that person should know."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRecord:
    """The bot's decision to transfer a call to a person, of which the caller has been told.

    Args:
        call_sid: Of the call on the socket, by which the flow asks. In two-numbers mode that isn't
            the SID of the dial.
        decided_at: When; aware.
        to: Who may take over, the first one rung first; empty for the configured numbers.
        reason: Why, in a few words.
        summary: What was said so far, for the person who takes over; "" if nobody wrote it yet.
        stream_sid: Of the socket on which it was decided. A flow may lead the caller back to the
            bot on another one; then the transfer has happened, or could not.
    """

    call_sid: str
    decided_at: datetime
    to: tuple[str, ...] = ()
    reason: str = ""
    summary: str = ""
    stream_sid: str = ""


def joined(known: TransferRecord | None, told: TransferRecord) -> TransferRecord:
    """Both in one: the later decision counts, and no summary is lost to a missing one."""
    if known is None:
        return told
    earlier, later = sorted((known, told), key=lambda transfer: transfer.decided_at)
    return replace(later, summary=later.summary or earlier.summary)
