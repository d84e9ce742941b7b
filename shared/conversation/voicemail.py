"""Listens beside the conversation whether a machine has answered the call that we placed.

Pipecat's own detector holds the bot's speech back until it is sure, for a second and an answer of
the LLM; a living person would wait for as long. This one holds nothing back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from loguru import logger
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InputDTMFFrame,
    InterimTranscriptionFrame,
    StartFrame,
    TranscriptionFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.calls.record import Ending
from shared.conversation.answer_window import AnswerWindow
from shared.conversation.attendant import Attendant
from shared.conversation.first_word import AtOnce, FirstWord, WhenSpokenTo
from shared.conversation.machine_words import Machine, normalise, perhaps_mailbox, recognise
from shared.conversation.mailbox import Mailbox
from shared.conversation.mind_gate import MindGate
from shared.conversation.opener import Opener
from shared.telephony.modes import Voicemail

MONOLOGUE_SECS = 4.0  # nobody says hello for so long
BEFORE_BEEP_SECS = 2.5  # of speech, without which a beep may be any noise of the line
HELLO_WORDS = 5  # so few are no monologue, and not worth a question
MAX_QUESTIONS = 3

ENDINGS = {
    Machine.MAILBOX: Ending.VOICEMAIL,
    Machine.MENU: Ending.MENU,
    Machine.NOBODY: Ending.NO_ANSWER,
}

Ask = Callable[[str], Awaitable[Machine | None]]
Prepare = Callable[[str], object]
Leave = Callable[[Ending], None]


class MachineDetector(FrameProcessor):
    """Sits behind the ears; when a machine is sure, nothing gets past it to the listener.

    A mailbox is hung up on or left a message, a menu and an operator's announcement are hung up on.
    A call screen is a person's: it is told what the opening says, when it has finished.

    Args:
        attendant: Who says the message.
        opener: Who says the opening, if there is one.
        ringing: Whether the person is still being dialled, so that operators may be heard first.
        ask: Asks the mind who says these words; None where it can't be asked.
        message: What to leave in a mailbox; None hangs up.
        prepare: Begins to make the message into sound, while the greeting still goes on.
        leave: Ends the call.

    Attributes:
        gate: To be put before the mind.
    """

    def __init__(
        self,
        attendant: Attendant,
        opener: Opener | None,
        *,
        ringing: bool,
        ask: Ask | None,
        message: str | None,
        prepare: Prepare,
        leave: Leave,
    ) -> None:
        super().__init__()
        self.gate = MindGate()
        self._attendant = attendant
        self._opener = opener
        self._ringing = ringing
        self._ask = ask
        self._message = message
        self._prepare = prepare
        self._leave = leave
        self._machine: Machine | None = None
        self._mailbox = Mailbox(attendant)
        self._window = AnswerWindow()
        self._said: list[str] = []
        self._screened = False
        self._questions = 0
        self._tasks: list[asyncio.Task[None]] = []

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
        beeped = self._mailbox.hear(frame)
        if beeped and not self._machine and self._window.talked(now) >= BEFORE_BEEP_SECS:
            await self._decide(Machine.MAILBOX, "its beep")

    async def _takes_words(self, frame: TranscriptionFrame | InterimTranscriptionFrame) -> bool:
        """Judge words; tell whether the listener must not hear them."""
        now = time.monotonic()
        if self._ringing and self._opener and self._opener.waits and not self._said:
            self._window.open(now)
        if self._machine or not self._window.is_open(now):
            return False
        final = isinstance(frame, TranscriptionFrame)
        words = " ".join([*self._said, frame.text])
        machine = recognise(words)
        if final:
            self._said = [] if machine else [*self._said, frame.text]
        match machine:
            case Machine.HOLD if self._ringing and self._opener and self._opener.waits:
                self._opener.forget()
                return True
            case Machine.HOLD | Machine.SCREEN:
                self._screened = True
                if self._opener:
                    self._opener.hear_out()
            case None:
                await self._suspect(words, now, final=final)
            case _:
                await self._decide(machine, "its words")
        return False

    async def _suspect(self, words: str, now: float, *, final: bool) -> None:
        """Ask the mind about what may be a machine; without one, a long enough speech is one."""
        monologue = self._window.talked(now) >= MONOLOGUE_SECS
        perhaps = perhaps_mailbox(words)
        if not self._ask:
            if monologue and perhaps:
                await self._decide(Machine.MAILBOX, "its words, and so many of them")
        elif self._screened or self._questions >= MAX_QUESTIONS:
            return
        elif (monologue or perhaps or final) and len(normalise(words).split()) > HELLO_WORDS:
            self._questions += 1
            question = self._ask_mind(self._ask, words)
            self._tasks.append(self.create_task(question, "who answers"))

    async def _ask_mind(self, ask: Ask, words: str) -> None:
        machine = await ask(words)
        if machine and not self._machine and self._window.is_open(time.monotonic()):
            await self._decide(machine, "the mind's judgement")

    async def _decide(self, machine: Machine, evidence: str) -> None:
        logger.info("no person has answered, but {}, judged by {}", machine, evidence)
        self._machine = machine
        self.gate.closed = self._attendant.retired = True
        if self._opener:
            await self._opener.call_off()
        self._tasks.append(self.create_task(self._deal_with(machine), "deal with a machine"))

    async def _deal_with(self, machine: Machine) -> None:
        await self._attendant.hush()
        if machine is Machine.MAILBOX and self._message:
            self._prepare(self._message)
            await self._mailbox.leave(self._message)
            self._leave(Ending.MESSAGE_LEFT)
        else:
            if machine is Machine.MAILBOX and self._message is not None:
                logger.warning("hanging up on a mailbox: the persona has no `voicemail` to leave")
            self._leave(ENDINGS[machine])


def detect_machines(
    setting: Voicemail,
    first_word: FirstWord,
    attendant: Attendant,
    opener: Opener | None,
    *,
    ask: Ask | None,
    message: str,
    prepare: Prepare,
    leave: Leave,
) -> MachineDetector | None:
    """A detector for a call that we placed; None for others, and where it is not wanted."""
    if setting is Voicemail.IGNORE or isinstance(first_word, AtOnce):
        return None
    return MachineDetector(
        attendant,
        opener,
        ringing=isinstance(first_word, WhenSpokenTo),
        ask=ask,
        message=message if setting is Voicemail.LEAVE_MESSAGE else None,
        prepare=prepare,
        leave=leave,
    )
