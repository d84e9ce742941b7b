"""The overload guard: refuses and sheds calls while the event loop is late."""

import asyncio
import time
from collections import deque

from loguru import logger

from shared.runtime.capacity import Capacity

TICK_SECS = 0.1
TICKS = 50  # that are remembered: five seconds of them, and more while the loop is late
LATEST = 20  # the ticks that decide whether a call must end
QUARTER = LATEST // 4

# The bot's sound is sent 0.4 s ahead of its playback, in messages of 0.2 s, and other things than
# the loop take time as well. Callers were measured to hear gaps once the lag was about 0.2 s.
LATE_SECS = 0.15
ON_TIME_SECS = 0.1  # below the above, or calls would be refused and taken by turns
GAP_SECS = 0.3


class OverloadGuard:
    """Watches one process's event loop.

    While it is late, no new call is taken. While it is so late that every caller hears gaps, which
    is for more than half of some seconds, the newest call ends for the others' sake, and then, if
    that didn't help, the next. A single stall, however long, is one late tick, and does neither.

    Args:
        capacity: The calls of this process.
    """

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._ticks = deque([0.0] * TICKS, TICKS)
        self._latest = deque([0.0] * LATEST, LATEST)

    @property
    def lag(self) -> float:
        """Seconds of which 95 in 100 ticks are no later."""
        return sorted(self._ticks)[TICKS * 95 // 100]

    async def watch(self) -> None:
        """Measure until cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(TICK_SECS)
            self.tick(time.monotonic() - before - TICK_SECS)

    def tick(self, late: float) -> None:
        """Measure a tick that came `late` seconds after its time."""
        self._ticks.append(late)
        self._latest.append(late)
        self._judge(self.lag)
        if (usual := sorted(self._latest)[-QUARTER]) > GAP_SECS:
            self._latest.extend([0.0] * LATEST)  # with one call less, everything is measured anew
            self._shed(usual)

    def _judge(self, lag: float) -> None:
        capacity = self._capacity
        if lag > LATE_SECS and not capacity.overloaded:
            capacity.overloaded = True
            logger.warning(
                "the event loop is {:.0f} ms late with {} calls on: taking no new ones",
                *(lag * 1000, len(capacity)),
            )
        elif lag < ON_TIME_SECS and capacity.overloaded:
            capacity.overloaded = False
            logger.info("the event loop is on time again: taking new calls")

    def _shed(self, late: float) -> None:
        if call_sid := self._capacity.shed():
            logger.warning(
                "the event loop is {:.0f} ms late, and nobody hears the bot well: ending call {}",
                *(late * 1000, call_sid),
            )
