"""The opening of a call that we placed: said when its moment comes, and no turn begins before.

A turn interrupts the bot when it begins, waits for a transcript that line noise never has, and asks
the LLM for an answer when it ends. A hello must do none of this: the opening is the answer to it.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    CancelFrame,
    EndFrame,
    Frame,
    InterimTranscriptionFrame,
    InterruptionFrame,
    LLMMessagesAppendFrame,
    StartFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContextMessage
from pipecat.turns.types import ProcessFrameResult
from pipecat.turns.user_start import BaseUserTurnStartStrategy

from shared.conversation.greeting.hello_timer import HelloTimer
from shared.conversation.greeting.policy import AfterHello, WhenSpokenTo


class Opener(BaseUserTurnStartStrategy):
    """The first of the strategies that start turns: what it claims, the others never see.

    Args:
        opening_policy: What the opening waits for.
        say: Makes the frame that says the opening; None lets the person's first words be answered.
    """

    def __init__(
        self,
        opening_policy: AfterHello | WhenSpokenTo,
        say: Callable[[], Frame] | None = None,
    ) -> None:
        super().__init__()
        self._opening_policy = opening_policy
        self._say = say
        self._hello_timer = HelloTimer(opening_policy)
        self._changed = asyncio.Event()  # something that may have moved the moment
        self._begun = False
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def waits(self) -> bool:
        """Whether the moment has not come yet."""
        return not self._begun and not self._hello_timer.over

    def keep_waiting(self) -> None:
        """Wait on: what was heard by now was not the person."""
        self._hello_timer.keep_waiting()
        self._changed.set()

    def wait_for_announcement(self) -> None:
        """Wait until an announcement is over, which is longer than a hello."""
        self._hello_timer.wait_for_announcement(time.monotonic())
        self._changed.set()

    async def cancel(self) -> None:
        """Say nothing: there is no person."""
        self._hello_timer.end()
        await self._stop()

    async def cleanup(self) -> None:
        """End what is still under way."""
        await self._stop()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def process_frame(self, frame: Frame) -> ProcessFrameResult:
        """Claim what belongs to the hello; the rest starts turns as ever."""
        if isinstance(frame, EndFrame | CancelFrame):
            await self._stop()
        elif isinstance(frame, StartFrame):
            self._hello_timer.start(time.monotonic())
            self._tasks.append(self.create_task(self._wait(), "wait for the moment"))
        elif not self._hello_timer.over and await self._claims(frame):
            self._changed.set()
            return ProcessFrameResult.STOP
        return ProcessFrameResult.CONTINUE

    async def _claims(self, frame: Frame) -> bool:
        now = time.monotonic()
        match frame:
            case VADUserStartedSpeakingFrame():
                return self._hello_timer.voice_started(now)
            case VADUserStoppedSpeakingFrame():
                self._hello_timer.voice_stopped(now)
                self._changed.set()
            case TranscriptionFrame() | InterimTranscriptionFrame():
                return not frame.text.strip() or await self._claims_words(frame, now)
            case _ if self._begun:
                self._follow_the_opening(frame, now)
        return False

    async def _claims_words(
        self, frame: TranscriptionFrame | InterimTranscriptionFrame, now: float
    ) -> bool:
        final = isinstance(frame, TranscriptionFrame)
        if not self._hello_timer.transcribed(now, final=final):
            return False
        if not self._say:  # they are for the LLM
            self._hello_timer.end()
            await self._stop()
            return False
        if final:
            await self._remember(frame.text)
        return True

    def _follow_the_opening(self, frame: Frame, now: float) -> None:
        match frame:
            case BotStartedSpeakingFrame():
                self._hello_timer.opening_heard(now)
            case BotStoppedSpeakingFrame():
                self._hello_timer.opening_ended(now)
            case InterruptionFrame():  # by a key: turns don't interrupt yet
                self._hello_timer.end()

    async def _remember(self, text: str) -> None:
        """Write words into the LLM's context, and out of the turn that they don't begin."""
        await self.trigger_reset_aggregation()  # type: ignore[no-untyped-call]  # Pipecat's
        message: LLMContextMessage = {"role": "user", "content": text}
        await self.push_frame(LLMMessagesAppendFrame(messages=[message], run_llm=False))

    async def _wait(self) -> None:
        while (left := self._hello_timer.due - time.monotonic()) > 0:
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._changed.wait()
        if isinstance(self._opening_policy, WhenSpokenTo) and self._hello_timer.nobody:
            self._opening_policy.on_nobody()
        elif self._say:
            self._begun = True
            self._hello_timer.opening_began(time.monotonic())
            await self.push_frame(self._say())

    async def _stop(self) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            await self.cancel_task(task)
