"""A histogram of durations, as Prometheus counts it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate


class Histogram:
    """Counts durations by the bounds they stay within.

    Args:
        bounds: Seconds, ascending.

    Attributes:
        total: Seconds, of all durations together.
    """

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)  # the last for what exceeds every bound
        self.total = 0.0

    def observe(self, secs: float) -> None:
        """Count one duration."""
        self._counts[bisect_left(self._bounds, secs)] += 1
        self.total += secs

    def buckets(self) -> Iterator[tuple[str, int]]:
        """Each bound with the number of durations up to it; the last is "+Inf" and counts all."""
        bounds = [*(f"{bound:g}" for bound in self._bounds), "+Inf"]
        return zip(bounds, accumulate(self._counts), strict=True)
