"""The wrong credentials and keys, counted by the address that they come from."""

import time
from collections import OrderedDict

MOST = 20  # wrong ones from one address in …
PERIOD = 60.0  # … seconds; more of them aren't answered in full any longer
MOST_ADDRESSES = 1_000  # that are remembered; who was wrong last is


class FailedAttempts:
    """The wrong credentials of each address in the last minute.

    Only what is wrong is slowed down. The right ones are let in whatever else comes from the same
    address, since behind a proxy or a gateway that may be everybody's: to compare them costs less
    than to refuse them, and nobody guesses 128 random bits, at any pace.
    """

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def add(self, address: str) -> int:
        """Count one more; returns for how many seconds there have been too many, or 0."""
        now = time.monotonic()
        count, until = self._counts.pop(address, (0, 0.0))
        if until <= now:
            count, until = 0, now + PERIOD
        self._counts[address] = count + 1, until
        if len(self._counts) > MOST_ADDRESSES:
            self._counts.popitem(last=False)
        return 1 + int(until - now) if count >= MOST else 0
