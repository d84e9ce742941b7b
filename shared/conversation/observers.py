"""Those who watch a conversation and write its record; the pipeline doesn't know of them."""

import sys
from collections.abc import Callable

from pipecat.frames.frames import (
    Frame,
    FunctionCallsStartedFrame,
    InterimTranscriptionFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
)
from pipecat.observers.base_observer import BaseObserver, FramePushed
from pipecat.processors.aggregators.llm_response_universal import (
    AssistantTurnStoppedMessage,
    UserTurnStoppedMessage,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.pipeline import Conversation
from shared.conversation.response_times import ResponseTimes
from shared.conversation.user_context import UserContext
from shared.providers.health import asked, worked
from shared.records.session_record import SessionRecord

# What a provider has made, if it comes from one.
WORK = (
    TranscriptionFrame,
    InterimTranscriptionFrame,
    LLMTextFrame,
    FunctionCallsStartedFrame,
    TTSAudioRawFrame,
)


class CallObserver(BaseObserver):
    """Sees every frame of a call once.

    Args:
        times: Of the bot's answers.
        on_work: Told which service has made something.
        line: The transport's output, which cuts the bot's sound into pieces of its own.
    """

    def __init__(
        self,
        times: ResponseTimes,
        on_work: Callable[[FrameProcessor], None],
        line: FrameProcessor,
    ) -> None:
        super().__init__(observe_every_push=False)
        self._line = line
        self._times = times
        self._on_work = on_work

    async def on_push_frame(self, data: FramePushed) -> None:
        """Take note of a frame, where it comes from."""
        if data.direction is not FrameDirection.DOWNSTREAM:
            return
        if isinstance(data.frame, TTSAudioRawFrame) and data.source is self._line:
            return
        self._times.follow(data.frame)
        self._follow_work(data.source, data.frame)

    def _follow_work(self, source: FrameProcessor, frame: Frame) -> None:
        if isinstance(frame, LLMFullResponseStartFrame):
            asked(source)
        elif isinstance(frame, WORK):
            worked(source)
            self._on_work(source)


def count_turns(record: SessionRecord, user_aggregator: UserContext) -> None:
    """Note every turn of the caller's; one that goes on after its end is one."""

    @user_aggregator.event_handler("on_user_turn_stopped")
    async def note(_: object, __: object, message: UserTurnStoppedMessage) -> None:
        if not (message.content and user_aggregator.went_on):
            record.turns += 1


def show(conversation: Conversation) -> None:
    """Print on stdout what is said, as it is said: for whoever develops a bot."""

    @conversation.user_aggregator.event_handler("on_user_turn_stopped")
    async def caller(_: object, __: object, message: UserTurnStoppedMessage) -> None:
        _print("caller", message.content or "")

    @conversation.assistant_aggregator.event_handler("on_assistant_turn_stopped")
    async def bot(_: object, message: AssistantTurnStoppedMessage) -> None:
        if message.content:  # a turn may consist of a function call only
            _print("bot", message.content + (" ..." if message.interrupted else ""))


def _print(who: str, text: str) -> None:
    sys.stdout.write(f"{who}: {text}\n")
    sys.stdout.flush()
