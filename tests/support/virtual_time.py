"""An event loop whose clock jumps to what happens next: minutes of waiting are tested in no time.

For code that waits for nothing but the loop's own clock; not for sockets or threads.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

MAX_TURNS = 100_000  # of the loop; a test of ten minutes takes a few thousand

P = ParamSpec("P")


class _Impatient(selectors.DefaultSelector):
    """Waits for nothing, and adds up how long it should have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000.0
        self._turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        self._turns += 1
        assert self._turns < MAX_TURNS, "somebody goes round and round"
        assert ready or timeout is not None, "everybody waits, and nothing will ever happen"
        if not ready:
            self.now += max(timeout or 0.0, 0.0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time is what was waited for."""

    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return self._impatient.now


def in_virtual_time(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an asynchronous test in such a loop."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


def now() -> float:
    return asyncio.get_running_loop().time()
