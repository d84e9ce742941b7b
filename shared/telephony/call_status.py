"""Exotel's status of a call or of one leg, and its verdict on who answered."""

import re
from enum import StrEnum

from shared.telephony.form import Form


class CallStatus(StrEnum):
    """The status of a call, or of one of its legs, at Exotel."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @classmethod
    def parse(cls, written: str) -> "CallStatus | None":
        """The status however it is spelt: `no-answer`, `No_Answer`, `canceled`.

        Returns:
            None for "null", for nothing, and for a status that Exotel doesn't document.
        """
        return _SPELLINGS.get(_letters(written))


def _letters(written: str) -> str:
    return re.sub(r"[^a-z]", "", written.lower())


_SPELLINGS = {_letters(status): status for status in CallStatus}
_SPELLINGS["canceled"] = CallStatus.CANCELLED  # legs are spelt so, streams with two l


def answered_by(*forms: Form) -> str:
    """Who picked up, by the first of the forms that knows: "human", "machine", "notsure", or ""."""
    for form in forms:
        who = _letters(form.text("AnsweredBy"))
        if who in ("human", "machine", "notsure"):  # the leg to ourselves says "NA"
            return who
    return ""
