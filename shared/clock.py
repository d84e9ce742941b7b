"""The clock by which everything in a call is timed."""

import asyncio


def loop_time() -> float:
    """Seconds by the running event loop's own clock, which its timers and timeouts go by too."""
    return asyncio.get_running_loop().time()
