"""The descriptors that this process may have open: as many as it gets, most of them for calls."""

import resource
from contextlib import suppress

from loguru import logger

ENOUGH = (65_536, 10_240)  # more would only slow things down; the latter is the most on macOS
OWN = 64  # files, the database, the log, what providers keep open between calls
PER_CALL = 8  # its socket, those to its providers, and those to who takes over from them
MOST = 512  # connections without a call: a proxy's, Exotel's requests, clients that order calls
LEAST = 64


def raise_limit() -> int:
    """Take as many descriptors as this process is allowed; returns how many it has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for enough in ENOUGH:
        wanted = _smaller(enough, hard)
        if _smaller(wanted, soft) == wanted:
            break
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            return wanted
    return _smaller(soft, ENOUGH[0])


def connections_without_a_call(limit: int, max_calls: int) -> int:
    """The number of connections without a call that leave every call its descriptors."""
    left = limit - OWN - PER_CALL * max_calls
    if left < LEAST:
        logger.warning(
            "{} open files are few for {} calls: raise the limit (ulimit -n) to {}",
            *(limit, max_calls, OWN + PER_CALL * max_calls + LEAST),
        )
    return min(max(left, LEAST), MOST)


def _smaller(one: int, other: int) -> int:
    """Of two limits; there may be none, which is a negative number."""
    return min((limit for limit in (one, other) if limit != resource.RLIM_INFINITY), default=one)
