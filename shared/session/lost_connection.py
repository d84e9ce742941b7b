"""A connection that is lost: nothing comes on it any more, which no close frame may ever tell."""

import asyncio

from shared.telephony.stream.serializer import ExotelSerializer

DEAD_LINE_SECS = 10.0  # without a message; Exotel's sound never pauses, not even in silence


async def until_dead(serializer: ExotelSerializer) -> None:
    """Wait until no message has come for `DEAD_LINE_SECS`."""
    received = -1
    while received != serializer.received:
        received = serializer.received
        await asyncio.sleep(DEAD_LINE_SECS)
