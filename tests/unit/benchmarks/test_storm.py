"""Faults of every kind and a killed app: nobody is rung twice under one key, none is lost."""

from benchmarks.storm import storm


async def test_nobody_is_rung_twice_and_nobody_is_lost() -> None:
    result = await storm(dials=60, seed=4, kills=1)
    assert result.twice == []
    assert result.lost == []
    assert result.kills == 1
    assert result.outcomes.total() == 60
    assert result.outcomes["no-answer"] > 0
    assert result.outcomes["failed"] > 0
    assert result.outcomes.keys() <= {"no-answer", "failed", "rejected"}
    assert result.answers["none"] > 0  # the storm was one
    assert result.answers["504"] > 0
