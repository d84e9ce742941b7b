"""The connection benchmark: a small flood, and the latency that callers hear meanwhile."""

from benchmarks.doors import doors, table

SIEGE = {"silent": 300, "wrong": 30, "mute": 130, "cheap": 30}

# A machine that others use too makes callers wait, and makes gaps. Unprotected, the answers took
# seven seconds and more, half a second was missing, and calls were cut or refused.
SLOWER, SECS = 2.0, 1.0
GAP_SECS = 0.3
LATE_SECS = 0.1  # of the simulated callers, from which on their gaps say nothing


async def test_no_caller_notices_a_flood_of_connections() -> None:
    peace, siege = await doors([SIEGE], turns=1, descriptors=256, max_calls=6)
    told = table([peace, siege])
    assert siege.stayed, told
    assert siege.newcomer.succeeded, told
    assert siege.answer < SLOWER * peace.answer + SECS, told
    assert siege.gap_secs < peace.gap_secs + GAP_SECS or siege.lag > LATE_SECS, told
    assert "Traceback" not in siege.log, siege.log
    assert siege.log.count("\n") < 200, siege.log
    became = siege.became
    assert became["silent"]["came"] > 300, told  # those who were cut came again
    assert became["mute"]["closed 1013"] > 0, told
    assert became["cheap"]["came"] > 30, told
    assert became["wrong"]["429"] > became["wrong"].get("403", 0), told
