"""The dial benchmark: faults of every kind and a killed app ring nobody twice and lose no call."""

from benchmarks.storm import storm


async def test_no_dial_is_repeated_or_lost_in_a_storm_of_faults() -> None:
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
