"""The rules of a call on our socket that depend on its connect mode: the opening, the transfer."""

from collections.abc import Callable

from shared.conversation.greeting.policy import OpeningPolicy, opening_policy_for
from shared.records.call_record import CallRecord
from shared.records.session_record import SessionRecord
from shared.telephony.connect_mode import ConnectMode, traits_of
from shared.telephony.direction import Direction


class ModeRules:
    """The rules of one call.

    Args:
        record: Of the call's socket.
        call_record: Of the call, if it is known.
        configured: The mode in which we dial, unless the call's record says something else.
    """

    def __init__(
        self, record: SessionRecord, call_record: CallRecord | None, configured: ConnectMode
    ) -> None:
        self._record = record
        self._ring_secs = call_record.ring_secs if call_record else None
        dialled = (call_record and call_record.mode) or configured
        self._mode = None if record.direction is Direction.INBOUND else dialled

    @property
    def can_transfer(self) -> bool:
        """Whether a flow goes on where our socket ends, and can ring a person."""
        return traits_of(self._mode).flow_goes_on

    def opening_policy(self, on_nobody: Callable[[], None]) -> OpeningPolicy:
        """Who speaks first, if the conversation begins now.

        Args:
            on_nobody: Called if nobody answers.
        """
        return opening_policy_for(
            self._mode,
            passed=self._record.duration,
            ring_secs=self._ring_secs,
            on_nobody=on_nobody,
        )
