"""The keypad: a key does what the persona says, or is collected, or told to the LLM."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from math import inf

from pipecat.frames.frames import (
    BotSpeakingFrame,
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    CancelFrame,
    EndFrame,
    Frame,
    InputDTMFFrame,
    InterimTranscriptionFrame,
    InterruptionFrame,
    TranscriptionFrame,
    UserSpeakingFrame,
    VADUserStartedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection
from pipecat.utils.time import time_now_iso8601

from shared.bot.actions import Action
from shared.clock import loop_time
from shared.conversation.call_control import CallControl
from shared.conversation.keypad.action_runner import INTERRUPT_SECS, ActionRunner
from shared.conversation.keypad.asked_keys import AskedKeys
from shared.conversation.keypad.interdigit_timeout import TERMINATOR, TypedNumber
from shared.conversation.keypad.key_run import KeyRun
from shared.languages.spoken_digits import MASK, mask_digits, spoken_keys

PREFIX = "DTMF: "  # as Pipecat's aggregator has it
TRAILING_SECS = 4.0  # after a number's last key, in which a hash only ends it
CONTINUED_SECS = 6.0  # after it, in which a digit continues it while the bot has said nothing yet


class Keypad(ActionRunner):
    """Takes the keys, between the STT and the user aggregator; needs neither of them, nor the LLM.

    Keys that answer a question for a number are the answer, whatever they mean alone; otherwise a
    key does what it means, at once. What means nothing here is told to the LLM as one number. What
    is collected goes nowhere but to `then`; what is said of it is an answer too, and is masked.

    Every key fires the event `on_key`, without saying which.

    Args:
        call_control: Does what the keys mean.
        keys: What they mean, by key.
        asked: What the bot has asked for.
    """

    def __init__(
        self, call_control: CallControl, keys: Mapping[str, Action], asked: AskedKeys
    ) -> None:
        super().__init__(call_control)
        self._register_event_handler("on_key")
        self._keys = keys
        self._asked = asked
        self._run = KeyRun(keys)
        self._number: TypedNumber | None = None  # that is being typed
        self._told: TypedNumber | None = None  # the latest that the LLM was told
        self._typing: asyncio.Task[None] | None = None
        self._pressed = asyncio.Event()
        self._quiet = asyncio.Event()  # the bot
        self._quiet.set()
        self._private = False  # what is being said began while keys were collected

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Keep the keys that mean something here; pass everything else on."""
        await super().process_frame(frame, direction)
        match frame:
            case InputDTMFFrame(button=button):
                await self._call_event_handler("on_key")
                if await self._takes(button.value):
                    return
            case InterimTranscriptionFrame() | TranscriptionFrame():
                await self._hear(frame)
            case EndFrame() | CancelFrame():
                await self._tell()
            case _:
                self._follow(frame)
        await self.push_frame(frame, direction)
        if isinstance(frame, InputDTMFFrame):
            await self._type(frame.button.value)
        elif isinstance(frame, InterruptionFrame):
            self._interrupted.set()

    async def cleanup(self) -> None:
        """Leave nothing behind."""
        if self._typing:
            await self.cancel_task(self._typing)
        await super().cleanup()

    async def act(self, action: Action) -> None:
        """Do something; what has been typed ahead of a question is for it, not for the LLM."""
        await super().act(action)
        collection, typed = self._collection, self._number
        if self._collecting and collection and typed:
            self._number = None
            for key in typed.keys:
                collection.press(key, typed.last)
            self._activity.set()

    def _follow(self, frame: Frame) -> None:
        match frame:
            case BotSpeakingFrame() | UserSpeakingFrame():  # five a second
                self._activity.set()
            case BotStartedSpeakingFrame():
                self._quiet.clear()
            case BotStoppedSpeakingFrame():
                self._quiet.set()
            case VADUserStartedSpeakingFrame():
                self._private = self._collecting

    async def _takes(self, key: str) -> bool:
        """Take a key, unless it belongs to a number for the LLM."""
        collection, now = self._collection, loop_time()
        if collection and self._collecting:
            if collection.press(key, now):
                self._activity.set()
                await self._interrupt()
            return True
        if (collection and collection.is_trailing(key, now)) or self._is_late_terminator(key, now):
            return True
        answers = self._number or (self._asked.expected and key.isdecimal())
        if answers or self._run.press(key, now) or key not in self._keys:
            return False
        await self._interrupt()
        await self.act(self._keys[key])
        return True

    def _is_late_terminator(self, key: str, now: float) -> bool:
        """Whether it is only the hash of a number, or of a key, that was complete without it."""
        if key != TERMINATOR or key in self._keys or self._number:
            return False
        last = max(self._told.last if self._told else -inf, self._run.last)
        return now - last < TRAILING_SECS

    async def _type(self, key: str) -> None:
        """Add a key to the number that is being typed, or begin one."""
        begun = self._number
        number = self._number = begun or await self._begin()
        number.press(key, loop_time())
        self._pressed.set()
        if not (begun and self._quiet.is_set()):
            await self.broadcast_interruption()  # type: ignore[no-untyped-call]  # Pipecat's
        if not begun:
            self._typing = self.create_task(self._wait_for_more(number), "a number")

    async def _begin(self) -> TypedNumber:
        """A number whose first keys may have been taken for something else."""
        told, asked, now = self._told, self._asked, loop_time()
        if told and asked.silent and not told.whole and now - told.last < CONTINUED_SECS:
            return told
        number = TypedNumber(asked.expected, asked.offered)
        if len(self._run.keys) > 1:
            await self._stop_running()
            for key in self._run.keys[:-1]:
                number.press(key, now)
        self._run.reset()
        return number

    async def _wait_for_more(self, number: TypedNumber) -> None:
        while (left := number.last + number.pause - loop_time()) > 0:
            self._pressed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._pressed.wait()
        if self._number is not number:  # it is for a question meanwhile
            return
        if number.is_menu_key and (meaning := self._keys.get(number.keys)):
            self._number = None
            await self._interrupt()
            await self.act(meaning)
            return
        if not self._quiet.is_set():  # what is said over the bot's voice would pass for its echo
            await self._interrupt()
            with suppress(TimeoutError):
                async with asyncio.timeout(INTERRUPT_SECS):
                    await self._quiet.wait()
        await self._tell()

    async def _tell(self) -> None:
        """Tell the LLM the number that has been typed, if one has."""
        number, self._number = self._number, None
        if number:
            self._told = number
            self._asked.answered()
            text, now = PREFIX + number.keys, time_now_iso8601()
            await self.push_frame(TranscriptionFrame(text, "", now, finalized=True))

    async def _hear(self, frame: InterimTranscriptionFrame | TranscriptionFrame) -> None:
        """Take digits that are said while keys are collected, and let nobody else hear them."""
        collection, final = self._collection, isinstance(frame, TranscriptionFrame)
        if self._collecting or self._private:
            keys = ""
            if collection and not collection.complete and final:
                keys = spoken_keys(frame.text, collection.length)
                for key in keys:
                    collection.press(key, loop_time())
                self._activity.set()
            frame.text = MASK if keys else mask_digits(frame.text)
            frame.result = None
        elif final:
            self._asked.caller_says(frame.text)
            if mask_digits(frame.text) != frame.text:
                await self._tell()  # the words go on where the keys have stopped
