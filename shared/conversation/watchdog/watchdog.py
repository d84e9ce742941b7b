"""The response watchdog: whatever fails, the caller hears something."""

import asyncio

from loguru import logger
from pipecat.frames.frames import (
    ErrorFrame,
    Frame,
    FunctionCallCancelFrame,
    FunctionCallInProgressFrame,
    FunctionCallResultFrame,
    FunctionCallsStartedFrame,
    InputAudioRawFrame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    UserStartedSpeakingFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.aggregators.llm_response_universal import UserTurnStoppedMessage
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor, FrameProcessorSetup

from shared.clock import loop_time
from shared.conversation.greeting.opening import Opener
from shared.conversation.llm_gate import Unanswered, nothing
from shared.conversation.speech.playback import PREPARED
from shared.conversation.speech.playout import Playout
from shared.conversation.watchdog.audio_watchdog import AudioWatchdog
from shared.conversation.watchdog.recovery import Recovery
from shared.conversation.watchdog.response_timer import ResponseTimer
from shared.telephony.stream.audio import seconds

POLL_SECS = 0.2  # while a response is awaited


class ResponseWatchdog(FrameProcessor):
    """Translates frames into events of the timer, and has done what becomes due.

    It sits right before the transport's output, where it sees all that the caller gets to hear.

    Args:
        timer: Knows what the caller waits for.
        recovery: Does what is due.
        playout: Told what the caller is hearing.
        audio: The watchdog over the caller's audio.
        opener: Says an opening that waits for a hello; what is heard before belongs to it.
        unanswered: Tells of a turn's words whether they want no response of the LLM.
    """

    def __init__(
        self,
        timer: ResponseTimer,
        recovery: Recovery,
        playout: Playout,
        audio: AudioWatchdog,
        *,
        opener: Opener | None = None,
        unanswered: Unanswered = nothing,
    ) -> None:
        super().__init__()
        self._timer = timer
        self._recovery = recovery
        self._playout = playout
        self._audio = audio
        self._opener = opener
        self._unanswered = unanswered
        self._awaited = asyncio.Event()  # a response
        self._watches: list[asyncio.Task[None]] = []

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Begin to watch."""
        await super().setup(setup)
        if self._recovery.opening:
            self._timer.await_opening(loop_time())
            self._awaited.set()
        self._watches = [
            self.create_task(self._watch_responses(), "watch the responses"),
            self.create_task(self._watch_audio(), "watch the audio"),
        ]

    async def cleanup(self) -> None:
        """End the watch."""
        for watch in self._watches:
            await self.cancel_task(watch)
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Follow what is said on both sides, and pass everything on."""
        await super().process_frame(frame, direction)
        if direction is FrameDirection.DOWNSTREAM:
            now = loop_time()
            self._playout.follow(frame)
            self._follow_tools(frame, now)
            self._follow_caller(frame, now)
            self._follow_response(frame, now)
            if self._timer.awaited:
                self._awaited.set()
        await self.push_frame(frame, direction)

    async def on_user_turn_stopped(
        self, _: object, __: object, message: UserTurnStoppedMessage
    ) -> None:
        """Handle the end of a turn: the caller has said something, and may want a response."""
        if message.content and self._unanswered(message.content):
            self._timer.turn_without_response()
        elif message.content:
            self._timer.turn_ended(loop_time())
            self._awaited.set()

    async def on_service_error(self, _: object, error: ErrorFrame) -> None:
        """Handle an error of the pipeline's."""
        await self._recovery.handle_error(error)

    def _follow_caller(self, frame: Frame, now: float) -> None:
        match frame:
            case InputAudioRawFrame():
                self._audio.pass_through()
            case VADUserStartedSpeakingFrame() if not (self._opener and self._opener.waits):
                self._timer.voice.start(now)
            case VADUserStoppedSpeakingFrame():
                self._timer.voice_stopped(now)
            case UserStartedSpeakingFrame():
                self._timer.interruptions.turn_started(now)
            case InterruptionFrame():
                if provider := self._timer.interrupted(now):
                    self._recovery.count_failure(provider)

    def _follow_response(self, frame: Frame, now: float) -> None:
        match frame:
            case LLMFullResponseStartFrame():
                self._timer.response_started(now)
            case TTSStartedFrame() if PREPARED not in frame.metadata:
                self._timer.tts_started(now)
            case TTSAudioRawFrame():
                secs = seconds(len(frame.audio), frame.sample_rate)
                self._timer.audio_sent(now, secs, is_response=PREPARED not in frame.metadata)
            case LLMFullResponseEndFrame():
                self._timer.response_ended(now)

    def _follow_tools(self, frame: Frame, now: float) -> None:
        match frame:
            case FunctionCallsStartedFrame():
                self._timer.tools_called({call.tool_call_id for call in frame.function_calls}, now)
            case FunctionCallInProgressFrame():
                self._timer.tool_started(frame.tool_call_id, now)
            case FunctionCallResultFrame() if not frame.properties or frame.properties.is_final:
                responds = _llm_responds(frame)
                self._timer.tool_ended(frame.tool_call_id, now, llm_responds=responds)
                if not responds:
                    self._timer.clear()
            case FunctionCallCancelFrame():  # its LLM responds when its time was over
                responds = bool(frame.run_llm)
                self._timer.tool_ended(frame.tool_call_id, now, llm_responds=responds)

    async def _watch_responses(self) -> None:
        while True:
            if self._recovery.call_ends:
                self._timer.clear()
            if not self._timer.awaited:
                self._awaited.clear()
                await self._awaited.wait()
            await asyncio.sleep(POLL_SECS)
            if not self._recovery.call_ends and (due := self._timer.poll(loop_time())):
                await self._recovery.act(due)

    async def _watch_audio(self) -> None:
        """Give up when the caller isn't heard any more; of a machine nothing need be heard."""
        await self._audio.bark()
        while self._recovery.call_ends:
            await self._audio.bark()
        logger.error("the caller isn't heard any more, since a part of the pipeline hangs")
        await self._recovery.give_up()


def _llm_responds(result: FunctionCallResultFrame) -> bool:
    """Whether the LLM has something to add; else the tool has said all itself."""
    asks = result.properties.run_llm if result.properties else result.run_llm
    return asks is not False
