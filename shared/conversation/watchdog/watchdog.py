"""Sees to it that nobody listens to a dead line: whatever fails, the caller hears something."""

import asyncio
from collections.abc import Callable
from math import inf

from loguru import logger
from pipecat.frames.frames import (
    ErrorFrame,
    Frame,
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
from pipecat.utils.errors import ErrorCategory

from shared.clock import loop_time
from shared.conversation.call_control import CallControl
from shared.conversation.greeting.opening import Opener
from shared.conversation.llm_gate import Unanswered, nothing
from shared.conversation.speech.playback import PREPARED, PrerenderedSpeech
from shared.conversation.speech.playout import Playout
from shared.conversation.watchdog.audio_watchdog import AudioWatchdog
from shared.conversation.watchdog.llm_activity import LLMActivity
from shared.conversation.watchdog.pending_tools import PendingTools
from shared.conversation.watchdog.recovery import Recovery
from shared.conversation.watchdog.response_timer import Due, ResponseTimer, Stage
from shared.providers.failover import in_use, use_fallback
from shared.providers.llm_output.stream import NoAnswer
from shared.providers.retry_after import retry_after
from shared.providers.selection import Services
from shared.telephony.stream.audio import seconds

LOOK_SECS = 0.2  # between two looks at the clock while an answer is due
SAME_TURN_SECS = 0.2  # between the beginning of a turn and its interruption of the bot
SAME_FAILURE_SECS = 0.2  # in which one failure may be reported several times


class ResponseWatchdog(FrameProcessor):
    """Sits right before the line, where it sees all that the caller gets to hear.

    Args:
        call_control: Who says what is due.
        services: Of this call.
        last_resort: What is said when nothing is prepared and the voice fails.
        opening: What the bot says as soon as the call begins, if it does.
        opener: Who says it later; what is heard before belongs to them.
        unanswered: Tells of a turn's words whether they want no answer of the LLM.
        on_failure: Told which provider failed, by its kind: "stt", "llm" or "tts".
        audio: The watchdog over the caller's audio.

    Attributes:
        llm_activity: To be put before the TTS.
        playout: What the caller is hearing.
    """

    def __init__(
        self,
        call_control: CallControl,
        services: Services,
        last_resort: PrerenderedSpeech,
        *,
        opening: str,
        opener: Opener | None = None,
        unanswered: Unanswered = nothing,
        on_failure: Callable[[str], None],
        audio: AudioWatchdog,
    ) -> None:
        super().__init__()
        self._call_control = call_control
        self._services = services
        self._opener = opener
        self._unanswered = unanswered
        self._on_failure = on_failure
        self._audio = audio
        self.playout = Playout()
        self._timer = ResponseTimer()
        self.llm_activity = LLMActivity()
        self._recovery = Recovery(
            call_control,
            services,
            self._timer,
            last_resort,
            on_failure,
            lambda: self.llm_activity.goes_on,
        )
        self._recovery.opening = opening
        self._expecting = asyncio.Event()
        self._turn_began = -inf
        self._tools = PendingTools(self._timer)
        self._failed_at: dict[int, float] = {}
        self._watches: list[asyncio.Task[None]] = []

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat
        """Begin to watch."""
        await super().setup(setup)
        if self._recovery.opening:
            self._timer.expect(loop_time(), Stage.TTS)
            self._expecting.set()
        self._watches = [
            self.create_task(self._keep_watch(), "watch the answers"),
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
            self._follow(frame, loop_time())
        await self.push_frame(frame, direction)

    async def turn_ended(self, _: object, __: object, message: UserTurnStoppedMessage) -> None:
        """Take note that the caller has said something, and wants an answer."""
        if message.content and self._unanswered(message.content):
            self._timer.understood()
        elif message.content:
            self._recovery.turn += 1
            self._timer.expect(loop_time())
            self._expecting.set()

    async def on_service_error(self, _: object, error: ErrorFrame) -> None:
        """Take note of what a service reports."""
        kind = self._services.kind_of(error.processor)
        if not kind:
            return
        if error.category is ErrorCategory.APPLICATION:  # a tool of the bot's; the LLM goes on
            return
        no_answer = isinstance(error.exception, NoAnswer)
        if no_answer and self._call_control.leaving:  # all has been said
            return
        self._on_failure(kind)
        self._recovery.voice_fails |= kind == "tts"
        # A switcher reports as its own what has put the service out of use that it uses.
        failed = in_use(error.processor) if error.processor else None
        who = id(failed)
        same = loop_time() - self._failed_at.get(who, -inf) < SAME_FAILURE_SECS
        same &= not no_answer  # which is reported once
        self._failed_at[who] = loop_time()
        if same:
            return
        if kind != "stt" and self._timer.awaited:
            wait = retry_after(error.exception)
            await self._recovery.fail_over(kind, at_once=no_answer, wait=wait)
        elif kind == "stt" or not (failed and failed.is_usable):
            await use_fallback(self._services.of_kind(kind))

    def _follow(self, frame: Frame, now: float) -> None:
        timer = self._timer
        self.playout.follow(frame)
        self._tools.follow(frame, now)
        match frame:
            case InputAudioRawFrame():
                self._audio.pass_through()
            case TTSAudioRawFrame():
                self._follow_sound(frame, now)
            case TTSStartedFrame() if (
                timer.awaited and PREPARED not in frame.metadata and not self._tools.alone
            ):
                timer.expect(now, Stage.TTS)
            case LLMFullResponseStartFrame() if not self._tools:
                timer.expect(now)
            case LLMFullResponseEndFrame():
                timer.complete()
            case InterruptionFrame():
                timer.interrupted(now)
                # Words that come late begin a turn too; whoever said them still waits.
                late = now - self._turn_began < SAME_TURN_SECS and not timer.talking
                if not self._recovery.consume_own_interruption() and not late and timer.abandon():
                    self._on_failure(self._recovery.awaited)
            case UserStartedSpeakingFrame():
                self._turn_began = now
            case VADUserStartedSpeakingFrame() if not (self._opener and self._opener.waits):
                timer.caller_began(now)
            case VADUserStoppedSpeakingFrame():
                timer.caller_ended(now)
        if timer.awaited:
            self._expecting.set()

    def _follow_sound(self, frame: TTSAudioRawFrame, now: float) -> None:
        prepared = PREPARED in frame.metadata
        secs = seconds(len(frame.audio), frame.sample_rate)
        self._timer.sound(now, secs, answers=not prepared)
        self._recovery.voice_fails &= prepared
        if prepared:
            self._recovery.line_until = now + secs
        if self._recovery.opening:  # an opening that is heard is complete
            self._recovery.opening = ""
            self._timer.rest()

    async def _keep_watch(self) -> None:
        while True:
            if self._call_control.leaving:
                self._timer.rest()
            if not self._timer.awaited:
                self._expecting.clear()
                await self._expecting.wait()
            await asyncio.sleep(LOOK_SECS)
            if not self._call_control.leaving and (due := self._timer.look(loop_time())):
                if due in (Due.APOLOGY, Due.GIVE_UP):
                    self._on_failure(self._recovery.awaited)
                await self._recovery.act(due)

    async def _watch_audio(self) -> None:
        """Give up when the caller isn't heard any more; of a machine nothing need be heard."""
        await self._audio.bark()
        while self._call_control.leaving:
            await self._audio.bark()
        logger.error("the caller isn't heard any more, since a part of the pipeline hangs")
        await self._recovery.act(Due.GIVE_UP)
