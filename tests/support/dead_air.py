"""How long a caller listened to nothing, measured in their recording."""

import numpy as np

from simulator.caller.report import CallReport

SILENT = 100  # of 32,768: a sound of the simulated voices is far above, line noise never comes back
WINDOW = 0.02  # seconds


def dead_airs(report: CallReport, *, longer_than: float = 1.0) -> list[tuple[float, float]]:
    """When nobody was heard, neither the bot nor the caller: (from, to) in seconds."""
    rate = report.sample_rate
    size = round(rate * WINDOW)
    samples = np.frombuffer(report.heard, "<i2")
    windows = samples[: len(samples) // size * size].reshape(-1, size)
    loud = np.abs(windows.astype(np.int32)).max(axis=1, initial=0) > SILENT
    for turn in report.turns:
        loud[round(turn.began_at / WINDOW) : round(turn.ended_at / WINDOW) + 1] = True
    edges = [-1, *np.flatnonzero(loud).tolist(), len(loud)]
    gaps = zip(edges, edges[1:], strict=False)
    return [((a + 1) * WINDOW, b * WINDOW) for a, b in gaps if (b - a - 1) * WINDOW > longer_than]


def longest_dead_air(report: CallReport) -> float:
    """Seconds."""
    return max((end - begin for begin, end in dead_airs(report)), default=0.0)
