"""The tools that a response waits for: called, and without a result so far."""

from collections.abc import Collection


class PendingTools:
    """Tool calls by their id.

    That tools are called is told ahead of the words before it, that one works behind them: then
    nothing but the tool is waited for, however much was said.

    Attributes:
        only: Whether nothing but tools is waited for: all that the LLM said before has been made.
    """

    def __init__(self) -> None:
        self.only = False
        self._called: set[str] = set()

    def __bool__(self) -> bool:
        """Whether a response waits for one."""
        return bool(self._called)

    def add(self, calls: Collection[str]) -> None:
        """Wait for these calls."""
        self._called.update(calls)

    def start(self, call: str) -> bool:
        """Note that a call is at work; tells whether it is one that is waited for."""
        waited_for = call in self._called
        self.only = self.only or waited_for
        return waited_for

    def end(self, call: str) -> None:
        """Wait no longer for a call."""
        self._called.discard(call)
        self.only = self.only and bool(self._called)

    def clear(self) -> None:
        """Wait for none: what goes on behind an interruption isn't waited for any more."""
        self._called.clear()
        self.only = False
