"""What happens in a call without asking the LLM: lines, hanging up, handing over."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from loguru import logger
from pipecat.frames.frames import (
    EndWorkerFrame,
    Frame,
    InterruptionFrame,
    LLMRunFrame,
    TTSSpeakFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from shared.calls.record import Ending
from shared.conversation.actions import Action
from shared.conversation.checkpoints import Checkpoints
from shared.conversation.lines import Lines
from shared.conversation.speech import SpeakPreparedFrame, Speech

Ready = Callable[[str], Speech | None]
HandOver = Callable[[str, tuple[str, ...], str], Awaitable[bool]]


class Attendant(FrameProcessor):
    """Sits between the voice and the line; to tools it is `params.app_resources`.

    Args:
        voice: The TTS, for what isn't prepared.
        lines: What to say when.
        ready: Finds a text as sound, if it has been made.
        leave: Ends the call; nothing is said any more.
        hand_over: Given a reason, the numbers and a summary, has Exotel ring them when the call has
            ended, and tells whether that was possible; None where nobody can take over.
        agents: Whom else than the configured numbers it can connect with.
    """

    def __init__(
        self,
        voice: FrameProcessor,
        lines: Lines,
        ready: Ready,
        leave: Callable[[Ending], None],
        hand_over: HandOver | None = None,
        agents: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__()
        self.lines = lines
        self.agents = agents or {}
        self.summarise: Callable[[], Awaitable[str]] | None = None
        self.keypad: Callable[[Action], Awaitable[None]] | None = None
        self.retired = False  # no person listens any more: who found out ends the call
        self._voice = voice
        self._ready = ready
        self._leave = leave
        self._hand_over = hand_over
        self._leaving: asyncio.Task[None] | None = None
        self._checkpoints = Checkpoints()
        self._said_live = True  # by the voice, not from what is prepared

    @property
    def can_transfer(self) -> bool:
        """Whether a person can take over."""
        return self._hand_over is not None

    @property
    def leaving(self) -> bool:
        """Whether the call ends, with the last words or without."""
        return self.retired or self._leaving is not None

    def is_ready(self, text: str) -> bool:
        """Whether a text needs no voice to be said."""
        return self._ready(text) is not None

    async def say(self, text: str, *, remembered: bool = True) -> None:
        """Say a text, behind everything that is being said.

        Args:
            text: At once if it is prepared, else when the voice has made it.
            remembered: Whether the LLM knows later that it was said.
        """
        if speech := self._ready(text):
            await self.say_speech(speech, remembered=remembered)
        else:
            self._said_live = True
            await self._voice.queue_frame(TTSSpeakFrame(text, append_to_context=remembered))

    async def say_speech(self, speech: Speech, *, remembered: bool = False) -> None:
        """Say what is sound already."""
        self._said_live = False
        await self.push_frame(SpeakPreparedFrame(speech, remembered))

    async def hang_up(self, goodbye: str | None = "", ending: Ending = Ending.BOT_HUNG_UP) -> None:
        """Say goodbye, and end the call when it has been heard; an interruption calls it off.

        Args:
            goodbye: The last words; "" says the line for it, None says nothing more.
            ending: Why the call ends.
        """
        self._begin_to_leave(self._part(goodbye, ending))

    async def transfer(self, reason: str, to: tuple[str, ...] = (), announcement: str = "") -> bool:
        """Announce a person, and end the call when that has been heard; Exotel then rings them.

        Args:
            reason: For that person.
            to: Whom to ring, in E.164; empty takes the configured numbers.
            announcement: What to say first; "" says the line for it.

        Returns:
            Whether there is a way to a person in this call.
        """
        if self._hand_over is None:
            return False
        self._begin_to_leave(self._pass_on(self._hand_over, reason, to, announcement))
        return True

    async def heard(self) -> bool:
        """Wait until everything said so far has been played at the caller's end.

        Exotel may never tell, so after a while it is taken for granted.

        Returns:
            False if the caller interrupted it, or the voice never said it.
        """
        checkpoint = self._checkpoints.place()
        if self._said_live:
            await self._voice.queue_frame(checkpoint.frame)  # comes by behind the voice's sound
        else:
            self._checkpoints.follow(checkpoint.frame)
            await self.push_frame(checkpoint.frame)
        return await self._checkpoints.reached(checkpoint)

    async def act(self, action: Action) -> None:
        """Do what a key can do: a tool of a bot's collects a PIN like this.

        Raises:
            ValueError: If the action makes no sense.
            TypeError: If it is none.
        """
        assert self.keypad, "the conversation has not begun"
        await self.keypad(action)

    async def hush(self) -> None:
        """Stop whatever is being thought and said."""
        await self._call_off()
        await self.broadcast_interruption()  # type: ignore[no-untyped-call]  # Pipecat's

    async def ask_again(self) -> None:
        """Have the LLM answer once more."""
        # On the way that an interruption takes too, it comes behind it; elsewhere it could be lost.
        await self.push_frame(LLMRunFrame(), FrameDirection.UPSTREAM)

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Take note of what is said, heard and interrupted; pass everything else on."""
        await super().process_frame(frame, direction)
        self._checkpoints.follow(frame)
        match frame:
            case InterruptionFrame():
                await self._call_off()
            case EndWorkerFrame() if direction is FrameDirection.DOWNSTREAM:
                self._said_live = False  # it comes by behind the last words
                await self.hang_up(None)
                return
        await self.push_frame(frame, direction)

    async def cleanup(self) -> None:
        """Leave nothing behind."""
        await self._call_off()
        await super().cleanup()  # type: ignore[no-untyped-call]  # Pipecat's

    def _begin_to_leave(self, last_words: Coroutine[Any, Any, None]) -> None:
        if self.leaving:
            last_words.close()
        else:
            self._leaving = self.create_task(last_words, "last words")

    async def _part(self, goodbye: str | None, ending: Ending) -> None:
        """Say the last words, if any are left to say, and go."""
        if goodbye is not None:
            await self.say(goodbye or self.lines.goodbye)
        if not await self.heard() and self.is_ready(self.lines.goodbye):
            logger.warning("the last words weren't said: the voice fails")
            await self.say(self.lines.goodbye)
            await self.heard()
        self._leave(ending)

    async def _pass_on(
        self, hand_over: HandOver, reason: str, to: tuple[str, ...], announcement: str
    ) -> None:
        async with asyncio.TaskGroup() as tasks:
            summary = tasks.create_task(self._summary())
            await self.say(announcement or self.lines.connecting)
            await self.heard()
        if await hand_over(reason, to, summary.result()):
            self._leave(Ending.TRANSFERRED)
            return
        self._leaving = None
        await self.say(self.lines.no_agent)

    async def _summary(self) -> str:
        return await self.summarise() if self.summarise else ""

    async def _call_off(self) -> None:
        """Do nothing of what was about to happen: the caller has something to say."""
        leaving, self._leaving = self._leaving, None
        if leaving:
            await self.cancel_task(leaving)
        self._checkpoints.call_off()
