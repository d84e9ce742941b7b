"""The direction of a call."""

from enum import StrEnum


class Direction(StrEnum):
    """The direction of a call: the person rang us, or we rang the person."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
