"""A count of provider failures in a call: one for whatever a fault does to one turn."""

from collections.abc import Callable

from shared.records.session_record import SessionRecord


class FailureCount:
    """Counts in a call's record.

    One fault shows itself many times: a refused connection, a text that isn't said, a second
    attempt. That is one failure, until the provider has worked or the caller has said something
    else.

    Args:
        record: Of the call.
        on_failure: Told of each failure that counts, by the provider's kind.
    """

    def __init__(self, record: SessionRecord, on_failure: Callable[[str], None]) -> None:
        self._record = record
        self._on_failure = on_failure
        self._failing: set[str] = set()

    @property
    def something_fails(self) -> bool:
        """Whether a provider has failed in this turn, and hasn't worked since."""
        return bool(self._failing)

    def failed(self, kind: str) -> None:
        """Take note that "stt", "llm" or "tts" has failed."""
        if kind not in self._failing:
            self._failing.add(kind)
            self._record.failures[kind] += 1
            self._on_failure(kind)

    def worked(self, kind: str) -> None:
        """Take note that one of them works."""
        self._failing.discard(kind)

    async def next_turn(self, *_: object) -> None:
        """Take note that the caller has had their say; Pipecat's event handler."""
        self._failing.clear()
