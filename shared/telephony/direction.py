"""The direction of a call."""

from enum import StrEnum


class Direction(StrEnum):
    """Who rang whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
