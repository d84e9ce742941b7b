"""The tools that an answer waits for: called, and without a result so far."""

from pipecat.frames.frames import (
    Frame,
    FunctionCallCancelFrame,
    FunctionCallInProgressFrame,
    FunctionCallResultFrame,
    FunctionCallsStartedFrame,
    InterruptionFrame,
)

from shared.conversation.watchdog.response_timer import ResponseTimer, Stage


class PendingTools:
    """Follows the tools' frames where they come by behind the voice.

    That tools are called is told ahead of the words before it, that one works behind them: then
    nothing but the tool is waited for, however much was said.

    Args:
        timer: Is told what is waited for.

    Attributes:
        alone: Whether a tool is at work, and all that the LLM said before has been made.
    """

    def __init__(self, timer: ResponseTimer) -> None:
        self._timer = timer
        self._called: set[str] = set()  # by their id
        self.alone = False

    def __bool__(self) -> bool:
        """Whether an answer waits for one."""
        return bool(self._called)

    def follow(self, frame: Frame, now: float) -> None:
        """Take note of beginnings and ends."""
        match frame:
            case FunctionCallsStartedFrame():
                self._called |= {call.tool_call_id for call in frame.function_calls}
                self._timer.expect(now, Stage.TOOL)
            case FunctionCallInProgressFrame() if frame.tool_call_id in self._called:
                self.alone = True
                self._timer.expect(now, Stage.TOOL)
            case FunctionCallResultFrame() if not frame.properties or frame.properties.is_final:
                self._end(frame.tool_call_id)
                if _says_all(frame):
                    self._timer.rest()
                elif not self:
                    self._timer.go_on(now)
            case FunctionCallCancelFrame():
                self._end(frame.tool_call_id)
                if frame.run_llm and not self:  # its time was over
                    self._timer.go_on(now)
            case InterruptionFrame():  # what goes on all the same isn't waited for any more
                self._called.clear()
                self.alone = False

    def _end(self, call: str) -> None:
        self._called.discard(call)
        self.alone &= bool(self._called)


def _says_all(result: FunctionCallResultFrame) -> bool:
    """Whether the tool has spoken itself, and the LLM has nothing to add."""
    asks = result.properties.run_llm if result.properties else result.run_llm
    return asks is False
