"""Whether two counts differ by more than chance: Fisher's exact test."""

from math import comb

SURE = 0.01  # so seldom chance alone makes such a difference


def differs(bad: int, total: int, other_bad: int, other_total: int) -> bool:
    """Whether two parts of two wholes differ beyond chance."""
    return likelihood(bad, total, other_bad, other_total) < SURE


def likelihood(bad: int, total: int, other_bad: int, other_total: int) -> float:
    """How likely chance alone makes a difference as large as this, or larger."""
    all_bad, whole = bad + other_bad, total + other_total
    ways = comb(whole, all_bad)
    possible = range(max(0, all_bad - other_total), min(total, all_bad) + 1)
    chances = {n: comb(total, n) * comb(other_total, all_bad - n) / ways for n in possible}
    seen = chances[bad] * (1 + 1e-9)
    return sum(chance for chance in chances.values() if chance <= seen)
