"""The form of SIDs and other identifiers that come from outside, safe to log and to send back."""

import re

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_SID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_identifier(text: str) -> bool:
    """Whether a call or a stream could have this name, ours or Exotel's."""
    return _IDENTIFIER.fullmatch(text) is not None


def is_sid(text: str) -> bool:
    """Whether it is a SID as Exotel's HTTP calls have it, which may become a part of a URL."""
    return _SID.fullmatch(text) is not None
