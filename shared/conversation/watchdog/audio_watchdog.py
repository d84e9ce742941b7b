"""The watchdog over a caller's audio: notices that it no longer gets through the pipeline."""

import asyncio
from collections.abc import Callable

POLL_SECS = 0.5
MISSED_CHECKS = 6  # in a row, at which audio has arrived and none has come through


class AudioWatchdog:
    """Compares the audio that arrives with what comes out behind all processors that hear it.

    A processor that hangs lets nothing through, and reports nothing: the caller would talk to
    nobody for as long as they have the patience.

    Args:
        arrived: Tells how many messages the line has brought by now.
    """

    def __init__(self, arrived: Callable[[], int]) -> None:
        self._arrived = arrived
        self._through = 0

    def pass_through(self) -> None:
        """Count a piece of audio that has come through."""
        self._through += 1

    async def bark(self) -> None:
        """Wait until nothing has come through for three seconds, though audio has arrived.

        Before the first piece has come through the pipeline isn't ready; that doesn't count.
        """
        missed = 0
        while missed < MISSED_CHECKS:
            arrived, through = self._arrived(), self._through
            await asyncio.sleep(POLL_SECS)
            hangs = through and self._through == through and self._arrived() > arrived
            missed = missed + 1 if hangs else 0
