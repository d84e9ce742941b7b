"""Listens beside the conversation whether a machine has answered the call that we placed.

Pipecat's own detector holds the bot's speech back until it is sure, for a second and an answer of
the LLM; a living person would wait for as long. This one holds nothing back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from loguru import logger
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InputDTMFFrame,
    InterimTranscriptionFrame,
    LLMMessagesAppendFrame,
    StartFrame,
    TranscriptionFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContextMessage
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.conversation.answering_machine.call_screen import NOTE, CallScreen
from shared.conversation.answering_machine.detection_window import AnswerWindow
from shared.conversation.answering_machine.evidence import HUNG_UP_ON, Suspicion
from shared.conversation.answering_machine.voicemail_drop import Mailbox
from shared.conversation.call_control import CallControl
from shared.conversation.greeting.opening import Opener
from shared.conversation.llm_gate import LLMGate
from shared.languages.machine_phrases import AnsweredBy

MONOLOGUE_SECS = 4.0  # nobody says hello for so long
BEFORE_BEEP_SECS = 2.5  # of speech, without which a beep may be any noise of the line
HELLO_WORDS = 5  # so few are no monologue, and not worth a question
MAX_QUESTIONS = 3
LOOK_SECS = 0.05  # between two looks whether it has finished

Ask = Callable[[str], Awaitable[AnsweredBy | None]]
Deal = Callable[[AnsweredBy, Mailbox], Coroutine[Any, Any, None]]


class MachineDetector(FrameProcessor):
    """Sits behind the STT; when a machine is sure, nothing gets past it to the user aggregator.

    A mailbox is hung up on or left a message, a menu and an operator's announcement are hung up on,
    when they have finished: what speaks for a person may come last. A call screen is a person's: it
    is told what the opening says, and the person who comes then is waited for.

    Args:
        call_control: Who says all but the opening.
        opener: Who says the opening, if there is one.
        ringing: Whether the person is still being dialled, so that operators may be heard first.
        ask: Asks the LLM who says these words; None where it can't be asked.
        deal: Leaves a machine a message, or the call.

    Attributes:
        gate: To be put before the LLM.
    """

    def __init__(
        self,
        call_control: CallControl,
        opener: Opener | None,
        *,
        ringing: bool,
        ask: Ask | None,
        deal: Deal,
    ) -> None:
        super().__init__()
        self._screen = CallScreen()
        self.gate = LLMGate(self._screen.only_asks_to_wait)
        self._call_control = call_control
        self._opener = opener
        self._ringing = ringing
        self._ask = ask
        self._deal = deal
        self._machine: AnsweredBy | None = None
        self._mailbox = Mailbox(call_control)
        self._window = AnswerWindow()
        self._suspicion = Suspicion()
        self._asking = False
        self._questions = 0
        self._watching = False
        self._tasks: list[asyncio.Task[None]] = []

    def person_may_come(self) -> bool:
        """Whether a call screen is at work, which is not to be asked whether it is still there."""
        return self._screen.person_may_come(time.monotonic())

    async def cleanup(self) -> None:
        """End what is still under way."""
        for task in self._tasks:
            await self.cancel_task(task)
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Listen in; pass everything on until a machine is sure."""
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            await self._hear_sound(frame)
        elif isinstance(frame, TranscriptionFrame | InterimTranscriptionFrame):
            if await self._takes_words(frame):
                return
        else:
            self._follow(frame)
        deaf = isinstance(
            frame,
            InputAudioRawFrame | TranscriptionFrame | InterimTranscriptionFrame | InputDTMFFrame,
        )
        if not (self._machine and deaf):
            await self.push_frame(frame, direction)

    def _follow(self, frame: Frame) -> None:
        now = time.monotonic()
        if isinstance(frame, StartFrame) and not self._ringing:
            self._window.open(now)
        self._window.follow(frame, now)

    async def _hear_sound(self, frame: InputAudioRawFrame) -> None:
        now = time.monotonic()
        if not (self._machine or self._window.is_open(now)):
            return
        beeped = self._mailbox.hear(frame) and not self._machine
        if beeped and self._window.talked(now) >= BEFORE_BEEP_SECS and self._may_beep():
            await self._decide(AnsweredBy.MAILBOX, "its beep")

    def _may_beep(self) -> bool:
        """Whether a beep is a mailbox's; call screens beep too, and lines on which people talk."""
        verdict = self._suspicion.verdict
        return verdict.machine is AnsweredBy.MAILBOX or not (verdict.alive or self._screen.met)

    async def _takes_words(self, frame: TranscriptionFrame | InterimTranscriptionFrame) -> bool:
        """Judge words; tell whether the user aggregator must not hear them."""
        now, waits = time.monotonic(), self._opener is not None and self._opener.waits
        rings = self._ringing and waits
        if rings and not self._suspicion.words:
            self._window.open(now)
        if self._machine or not self._window.is_open(now):
            return False
        final = isinstance(frame, TranscriptionFrame)
        machine = self._suspicion.hear(frame.text, now, final=final).machine
        if machine in HUNG_UP_ON:
            self._watch()
        elif machine or self._screen.only_asks_to_wait(frame.text):
            self._suspicion.is_over()
        elif final and not waits:
            self._screen.answered()
        if not machine:
            self._consider(now, final=final)
        elif rings and machine is not AnsweredBy.SCREEN and self._opener:
            self._opener.keep_waiting()
            return True
        else:
            await self._hear_out(frame.text, machine, now)
        return False

    async def _hear_out(self, text: str, machine: AnsweredBy, now: float) -> None:
        """Let the opening wait until a machine, or what may be one, has finished."""
        if self._opener and not self._screen.met:
            self._opener.wait_for_announcement()
        if machine in HUNG_UP_ON:
            return
        if not self._screen.met:
            self._window.hold_open(now)
            note: LLMContextMessage = {"role": "developer", "content": NOTE}
            await self.push_frame(LLMMessagesAppendFrame(messages=[note], run_llm=False))
        self._screen.hear(text, machine, now)

    def _consider(self, now: float, *, final: bool) -> None:
        """Ask the LLM about what may be a machine; without one, a long enough speech is one."""
        suspicion, verdict = self._suspicion, self._suspicion.verdict
        monologue = self._window.talked(now) >= MONOLOGUE_SECS
        if not self._ask:
            if monologue and verdict.doubtful and not verdict.personal:
                suspicion.told_by_llm(AnsweredBy.MAILBOX, suspicion.count, now)
                self._watch()
        elif self._screen.met or self._asking or verdict.alive or self._questions >= MAX_QUESTIONS:
            return
        elif (monologue or verdict.doubtful or final) and suspicion.count > HELLO_WORDS:
            self._questions += 1
            self._asking = True
            question = self._ask_llm(self._ask, suspicion.words, suspicion.count)
            self._tasks.append(self.create_task(question, "who answers"))

    async def _ask_llm(self, ask: Ask, words: str, count: int) -> None:
        try:
            machine = await ask(words)
        finally:
            self._asking = False
        if machine:
            self._suspicion.told_by_llm(machine, count, time.monotonic())
            self._watch()
            if self._opener and self._opener.waits:
                self._opener.wait_for_announcement()

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            self._tasks.append(self.create_task(self._until_it_has_finished(), "a machine's end"))

    async def _until_it_has_finished(self) -> None:
        while not self._machine and self._window.is_open(now := time.monotonic()):
            suspicion = self._suspicion
            if suspicion.machine and suspicion.is_due(now, self._window.quiet(now)):
                by = "its words" if suspicion.verdict.machine else "the LLM's judgement"
                await self._decide(suspicion.machine, by)
                return
            await asyncio.sleep(LOOK_SECS)
        self._watching = False

    async def _decide(self, machine: AnsweredBy, evidence: str) -> None:
        logger.info("no person has answered, but {}, judged by {}", machine, evidence)
        self._machine = machine
        self.gate.closed = self._call_control.retired = True
        if self._opener:
            await self._opener.cancel()
        self._tasks.append(self.create_task(self._deal(machine, self._mailbox), "a machine"))
